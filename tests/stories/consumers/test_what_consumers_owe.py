"""What being late costs a consumer: after the first word that the law wants, and no more (P24)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from domain.charges.consumers.free_reminder import last_free_day
from domain.charges.consumers.late_fees import LawfulFees
from domain.charges.consumers.laws import FreeReminder, consumer_laws, most_in_all
from domain.charges.statement import Statement
from domain.interest.model import Cost
from domain.message_types import MessageType
from domain.money import Money
from domain.parties.people import POST
from domain.policy.policy_file import parse_policy
from tests.stories.story import Story

LADDER = """
name = "consumers"
calendar = { window = "09:00-17:00", working_days_only = false, bank_day = false }
[[step]]
id = "polite"
on = "due+1"
do = "remind"
channels = ["email", "sms"]
[[step]]
id = "fee"
on = "due+3"
do = "fee"
amount = { EUR = "100.00" }
[[step]]
id = "firm"
on = "due+20"
do = "demand_letter"
deadline_days = 7
[[step]]
id = "second-fee"
on = "due+30"
do = "fee"
amount = { EUR = "100.00" }
[charges]
debtors = "consumers"
"""
CONTRACT = """
interest = "contract"
contract_percent = "12"
confirmed_by = "J. Doe, 2026-01-02"
"""
PLACES = {
    "BE": ("Europe/Brussels", "BE"),
    "NL": ("Europe/Amsterdam", "NL"),
    "FR": ("Europe/Paris", "FR"),
    "FI": ("Europe/Helsinki", "FI"),
    "DE": ("Europe/Berlin", "DE"),
}


def told(country: str, more: str = "", amount: str = "500.00") -> Story:
    """An invoice due on Wednesday, 4 February 2026."""
    return Story(policy=parse_policy(LADDER + more), place=PLACES[country], amount=amount)


def asked(world: Story, day: str) -> Statement:
    return world.state.statement_on(date.fromisoformat(day))


def costs(world: Story, day: str) -> list[tuple[str, int]]:
    return [(line.name, line.amount.minor) for line in asked(world, day).lines]


def test_a_belgian_consumer_owes_nothing_before_the_free_days_have_passed() -> None:
    """A mail of 5 February leaves 14 days from the 6th on, to the 19th; nothing on that day."""
    world = told("BE", CONTRACT).until("2026-03-31")
    first = world.deeds[0]

    assert (first.step, first.deadline) == ("polite", date(2026, 2, 19))
    assert asked(world, "2026-02-19").costs.minor == 0
    fee = next(deed for deed in world.deeds if deed.step == "fee")
    assert world.calendar.local_date(fee.at) == date(2026, 2, 20)
    # 30.00 and 10 % of what is above 150.00: 65.00 of the 100.00 that the terms name.
    assert costs(world, "2026-03-31")[0] == ("fee", 6500)
    assert [name for name, _ in costs(world, "2026-03-31")] == ["fee", "interest"]


def test_interest_of_a_belgian_consumer_runs_after_the_free_days_at_no_more_than_the_law() -> None:
    """10.5 % and not the contract's 12, from 20 February on: 500.00 x 10.5 % x 40 / 365."""
    world = told("BE", CONTRACT).until("2026-03-31")
    interest = asked(world, "2026-03-31").lines[-1]

    assert [(span.start, span.percent) for span in interest.spans] == [
        (date(2026, 2, 20), Decimal("10.5"))
    ]
    assert interest.amount == Money(575, "EUR")


def test_a_contract_below_the_law_keeps_its_rate() -> None:
    world = told("BE", CONTRACT.replace('"12"', '"7"')).until("2026-03-31")

    assert asked(world, "2026-03-31").lines[-1].spans[0].percent == Decimal(7)


def test_a_reminder_that_nobody_could_read_in_full_is_not_the_free_one() -> None:
    """By text message none of what the law wants is said: the letter after it is the first."""
    world = Story(policy=parse_policy(LADDER), place=PLACES["BE"], amount="500.00", reach=("sms",))
    world.until("2026-04-30")

    assert [deed.step for deed in world.deeds if deed.is_message][:1] == ["polite"]
    assert costs(world, "2026-04-30") == []


def test_money_before_costs_may_be_asked_for_pays_the_invoice() -> None:
    world = told("BE", CONTRACT)
    world.says("2026-02-18 10:00", MessageType.PAYMENT, "500.00")
    world.until("2026-04-30")

    assert asked(world, "2026-04-30").total.minor == 0
    assert world.case.outcome


def test_a_belgian_business_owes_what_the_policy_says() -> None:
    policy = parse_policy(LADDER.replace('"consumers"\n', '"businesses"\n') + CONTRACT)
    world = Story(policy=policy, place=PLACES["BE"], amount="500.00").until("2026-03-31")

    assert world.deeds[0].deadline is None
    assert costs(world, "2026-03-31")[:2] == [("fee", 10000), ("fee", 10000)]


def test_a_policy_that_costs_a_consumer_nothing_sets_no_deadline() -> None:
    free = LADDER.replace('do = "fee"\namount = { EUR = "100.00" }', 'do = "call_task"')
    world = Story(policy=parse_policy(free), place=PLACES["BE"]).until("2026-02-10")

    assert world.deeds[0].deadline is None


def test_a_dutch_consumer_owes_collection_costs_after_the_fourteen_days_and_interest_before() -> (
    None
):
    world = told("NL", CONTRACT).until("2026-03-31")

    assert world.deeds[0].deadline == date(2026, 2, 20)
    assert costs(world, "2026-03-31")[0] == ("fee", 7500)  # 15 % of 500.00, for both fees
    assert asked(world, "2026-03-31").lines[-1].spans[0].start == date(2026, 2, 5)


def test_a_french_consumer_owes_no_late_fee() -> None:
    world = told("FR").until("2026-03-31")

    assert costs(world, "2026-03-31") == []
    fee = next(deed for deed in world.deeds if deed.step == "fee")
    assert "nothing of it is owed by a consumer under article L111-8" in fee.ground


def test_a_finnish_consumer_owes_five_euros_from_two_weeks_after_the_due_date_on() -> None:
    world = told("FI").until("2026-03-31")

    assert costs(world, "2026-03-31") == [("fee", 500)]  # that of the third day is not owed


def test_where_no_law_is_known_the_terms_stand() -> None:
    world = told("DE").until("2026-03-31")

    assert costs(world, "2026-03-31") == [("fee", 10000), ("fee", 10000)]


@pytest.mark.parametrize(
    ("country", "owed", "most"),
    [
        ("BE", 1, 2000), ("BE", 15000, 2000), ("BE", 15001, 3000), ("BE", 50000, 6500),
        ("BE", 50001, 6500), ("BE", 50020, 6501), ("BE", 100_000, 9000), ("BE", 4_370_000, 200_000),
        ("BE", 10**9, 200_000), ("BE", 0, 0), ("NL", 26_666, 4000), ("NL", 26_700, 4005),
    ],
)  # fmt: skip
def test_all_late_fees_keep_to_the_scale_of_the_law(country: str, owed: int, most: int) -> None:
    law = consumer_laws()[country]

    assert most_in_all(law, Money(owed, "EUR")) == Money(most, "EUR")
    assert most_in_all(law, Money(owed, "USD")) == Money(0, "USD")


@pytest.mark.parametrize(
    ("sent", "last"),
    [
        ("2026-02-02", "2026-02-18"),  # a Monday: from Thursday, the 5th, on
        ("2026-02-05", "2026-02-23"),  # a Thursday: from Tuesday, the 10th, on
        ("2026-04-02", "2026-04-21"),  # before Easter: Friday counts in Belgium, Monday does not
    ],
)
def test_by_post_the_free_days_begin_on_the_third_working_day(sent: str, last: str) -> None:
    calendar = told("BE").calendar
    free = consumer_laws()["BE"].free
    assert free is not None

    assert last_free_day(free, POST, date.fromisoformat(sent), calendar) == date.fromisoformat(last)
    assert (
        last_free_day(FreeReminder(days=14, post_days=3), "sms", date(2026, 2, 2), calendar) is None
    )


@pytest.mark.parametrize(
    ("country", "day", "before", "left"),
    [
        ("DK", 4, [], 10000),
        ("DK", 14, [(5, 10000)], 0),
        ("DK", 15, [(5, 10000)], 10000),
        ("DK", 60, [(5, 10000), (20, 10000), (40, 10000)], 0),
        ("SE", 1, [(1, 6000)], 6000),
        ("NO", 13, [], 0),
        ("NO", 14, [], 3500),
        ("NO", 60, [(14, 3500), (30, 3500)], 0),
    ],
)
def test_each_late_fee_keeps_to_the_figures_of_the_law(
    country: str, day: int, before: list[tuple[int, int]], left: int
) -> None:
    law = consumer_laws()[country]
    due, currency = date(2026, 1, 1).toordinal(), law.currency
    fees = LawfulFees(law, date.fromordinal(due + law.after_days))
    charged = [(date.fromordinal(due + late), minor) for late, minor in before]
    wanted = Cost(Money(20000, currency), "a late fee")

    found = fees.of(wanted, 500_000, date.fromordinal(due + day), charged)

    assert found.amount == Money(left, currency)
    strange = replace(wanted, amount=Money(20000, "USD"))
    assert fees.of(strange, 500_000, date.fromordinal(due + day), []).amount == Money(0, "USD")


def test_every_law_says_where_it_was_found_and_stands_in_the_docs() -> None:
    page = Path("docs/interest.md").read_text("utf-8")
    for law in consumer_laws().values():
        row = next(line for line in page.splitlines() if line.startswith(f"| {law.country} |"))
        assert law.source.split(";")[0] in row
        assert law.source.startswith("http")
        assert law.law
        assert law.checked <= date(2026, 12, 31)
