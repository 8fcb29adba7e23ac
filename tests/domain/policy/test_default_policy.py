"""The shipped default policy, as dates: what each class of customer would see."""

import pytest

from tests.stories.story import Story

# Issued Thursday 1 October, due Saturday 31 October 2026, in Germany: payable up to Monday,
# 2 November (BGB § 193), from which the dates after it count. Dates on a weekend or a holiday are
# those of the next working day.
DATES = {
    "confirm-receipt": "2026-10-05",  # issued+3 is a Sunday
    "sms-week-before": "2026-10-26",  # due-7 is a Saturday
    "gentle": "2026-10-28",
    "sms-day-before": "2026-10-30",
    "polite": "2026-11-03",
    "second": "2026-11-09",  # due+5 is a Saturday
    "call": "2026-11-10",
    "sales": "2026-11-10",
    "formal": "2026-11-17",
    "credit-hold": "2026-11-17",
    "final": "2026-12-02",
    "plan-b": "2026-12-15",  # the final's deadline is Saturday, 12 December, paid on Monday
}
NOT_FOR = {
    "new": {"sms-week-before", "sms-day-before"},
    "good": {"sms-week-before", "sms-day-before"},
    "late_payer": {"gentle"},
    "risky": {"sms-week-before", "sms-day-before"},
}
DEEDS = {
    "confirm-receipt": "confirm",
    "call": "call_task",
    "sales": "notify_sales",
    "formal": "demand_letter",
    "credit-hold": "hold_credit",
    "final": "demand_letter",
    "plan-b": "hand_off",
}


@pytest.mark.parametrize("customer_class", NOT_FOR)
def test_the_default_policy_has_these_dates_for_each_class(customer_class: str) -> None:
    """P02 P04 P10 P11 P12 P13 P15 P16 P17."""
    world = Story(issued="2026-10-01", due="2026-10-31", customer_class=customer_class)
    world.until("2026-12-31")

    assert world.diary == [
        f"{day} {DEEDS.get(step, 'remind')} {step}"
        for step, day in DATES.items()
        if step not in NOT_FOR[customer_class]
    ]


def test_each_step_falls_at_the_opening_of_the_debtors_window() -> None:
    for place, hour in ((("Europe/Berlin", "DE"), 8), (("America/New_York", "US"), 14)):
        world = Story(issued="2026-10-01", due="2026-10-31", place=place).until("2026-12-31")

        winter = [deed.at for deed in world.deeds if deed.at.month == 12 or deed.at.day > 15]
        assert {(at.hour, at.minute) for at in winter if at.month > 10} == {(hour, 0)}


def test_a_customer_in_another_country_has_other_holidays() -> None:
    """Thanksgiving moves an American's letter, and nothing else does."""
    policy_day = {"US": "2026-11-27", "DE": "2026-11-26"}
    for country, day in policy_day.items():
        zone = "America/New_York" if country == "US" else "Europe/Berlin"
        world = Story(issued="2026-10-12", due="2026-11-11", place=(zone, country))
        world.until("2026-11-28")

        assert f"{day} demand_letter formal" in world.diary
