"""A debt that runs past the last known half-year, and a rate that becomes known later (P24).

Germany's table ends with the first half of 2026: 10.27 % for a business, section 288(2) BGB.
"""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from domain.charges.statement import Statement
from domain.interest.added_rates import AddedRate
from domain.message_types import MessageType, Outcome
from domain.money import Money
from domain.policy.policy_file import parse_policy
from tests.stories.story import Story

POLICY = """
name = "past the table"
[[step]]
id = "first"
on = "due+7"
do = "remind"
[plan_b]
on = "due+200"
do = "ask_person"
[charges]
interest = "law"
jurisdiction = "DE"
confirmed_by = "J. Doe, 2026-01-02"
"""
SECOND_HALF = AddedRate(
    jurisdiction="DE",
    start=date(2026, 7, 1),
    percent=Decimal("1.52"),
    source="Bundesbank, announcement for 2026-07-01",
    added_by="anna",
    added_at=datetime(2026, 8, 3, 9, tzinfo=UTC),
    confirmed_by="ben",
    confirmed_at=datetime(2026, 8, 10, 9, tzinfo=UTC),
)


def debt(more: str = "", *rates: AddedRate) -> Story:
    """1,000.00 euros, due on 10 June 2026."""
    chosen = parse_policy(POLICY + more)
    return Story(issued="2026-05-11", due="2026-06-10", policy=chosen, rates=rates)


def asked(world: Story, day: str) -> Statement:
    """What settles it on a day, from what was known by its end."""
    world.until(day)
    return world.state.statement_on(date.fromisoformat(day))


def interest(found: Statement) -> str:
    """The interest that is asked for."""
    return next((line.amount.plain for line in found.lines if line.name == "interest"), "0.00")


@pytest.mark.parametrize(
    ("day", "sum_", "left_out"),
    [
        ("2026-06-29", "5.35", ""),  # 1000 x 10.27 % x 19 / 365
        ("2026-06-30", "5.63", ""),  # x 20: the last day of the last known half-year
        ("2026-07-01", "5.63", "2026-07-01 to 2026-07-01"),
        ("2026-07-31", "5.63", "2026-07-01 to 2026-07-31"),
    ],
)
def test_the_known_part_is_asked_for_and_the_rest_is_named(
    day: str, sum_: str, left_out: str
) -> None:
    found = asked(debt(), day)
    gaps = [f"{gap.start} to {gap.end}" for gap in found.left_out]

    assert (interest(found), gaps) == (sum_, [left_out] if left_out else [])


def test_where_the_policy_allows_it_the_last_rate_goes_on_and_is_marked() -> None:
    found = asked(debt('past_table = "provisional"\n'), "2026-07-10")

    assert interest(found) == "8.44"  # 1000 x 10.27 % x 30 / 365
    assert found.lines[-1].provisional
    assert found.left_out == ()


@pytest.mark.parametrize(
    ("day", "sum_", "left_out"),
    [
        ("2026-08-09", "5.63", True),  # anna has added it, nobody has confirmed it
        ("2026-08-10", "17.44", False),  # + 1000 x 10.52 % x 41 / 365 = 11.8170…
        ("2026-08-11", "17.73", False),
    ],
)
def test_a_rate_counts_from_the_day_on_which_it_was_confirmed(
    day: str, sum_: str, left_out: bool
) -> None:
    found = asked(debt("", SECOND_HALF), day)

    assert (interest(found), bool(found.left_out)) == (sum_, left_out)


def test_what_was_asked_for_before_stays_as_it_was_asked() -> None:
    """The statement of a past day never changes, whatever becomes known later."""
    early = asked(debt("", SECOND_HALF), "2026-07-31")
    world = debt("", SECOND_HALF)
    world.until("2026-09-30")

    assert world.state.statement_on(date(2026, 7, 31)) == early


def test_who_paid_what_was_asked_owes_nothing_more_when_a_rate_becomes_known() -> None:
    """The principal and 5.63 of interest are settled in July: August asks for no cent more."""
    world = debt('leftover = "chase"\norder = ["interest", "costs", "principal"]\n', SECOND_HALF)
    sum_ = asked(world, "2026-07-20").total
    assert sum_ == Money(100563, "EUR")

    world.says("2026-07-20 12:00", MessageType.PAYMENT, sum_.plain)
    world.until("2026-09-30")
    assert world.outcome is Outcome.PAID
    assert (world.case.open, world.case.to_costs, world.case.surplus) == (0, 563, 0)
    assert world.state.statement_on(date(2026, 9, 30)).total == Money(0, "EUR")


def test_an_open_debt_is_asked_for_the_difference_from_then_on() -> None:
    """Paid in part in July, interest first: the rest bears what became known in August."""
    world = debt('order = ["interest", "costs", "principal"]\n', SECOND_HALF)
    world.says("2026-07-20 12:00", MessageType.PAYMENT, "405.63")
    july = world.until("2026-07-20").case
    assert (july.open, july.to_costs) == (60000, 563)

    found = asked(world, "2026-08-10")
    assert (found.principal, found.costs_paid) == (Money(60000, "EUR"), Money(563, "EUR"))
    # 1000 x 10.52 % x 19 / 365 and 600 x 10.52 % x 22 / 365, beside the 5.63 that were paid.
    assert found.costs == Money(928, "EUR")
