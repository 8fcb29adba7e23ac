"""Interest is asked for on what is not contested; the rest waits for the dispute (A11)."""

from datetime import date, timedelta

import pytest

from domain.charges.statement import Statement
from domain.interest.model import InterestTerms, interest
from domain.message_types import MessageType
from domain.money import Money
from domain.policy.policy_file import parse_policy
from tests.stories.money.test_costs_asked import LADDER, LAW
from tests.stories.story import Story

DUE = date(2026, 2, 4)
POLICY = LADDER.replace('id = "fee"\n', 'id = "fee"\nfor = ["risky"]\n') + LAW
ASKED = POLICY + 'asked_from = "due"\n'


def contested(amount: str = "300.00", more: str = "") -> Story:
    """1,000 due on 4 February, of which 300 are contested on the 20th."""
    world = Story(policy=parse_policy(ASKED + more))
    world.says("2026-02-20 10:00", MessageType.DISPUTE_OPENED, amount, reason="goods", key="d")
    return world


def asked(world: Story, day: str) -> Statement:
    return world.state.statement_on(date.fromisoformat(day))


def interest_of(found: Statement) -> int:
    return sum(line.amount.minor for line in found.lines if line.name == "interest")


def by_hand(minor: int, until: str) -> int:
    """Interest by BGB 288(2) on so much, from the day after the due date."""
    terms = InterestTerms(jurisdiction="DE")
    steps = ((DUE - timedelta(days=30), minor),)
    return interest(steps, "EUR", DUE, date.fromisoformat(until), terms).amount.minor


@pytest.mark.parametrize(
    ("day", "bears", "deferred"),
    [("2026-02-19", 100000, False), ("2026-02-20", 70000, True), ("2026-02-21", 70000, True)],
)
def test_interest_runs_on_the_undisputed_part_from_the_day_it_is_contested(
    day: str, bears: int, deferred: bool
) -> None:
    """The eve, the day, the day after: what "is not asked for here" bears none, from the start."""
    world = contested().until("2026-02-22")
    end = world.calendar.end_of(date.fromisoformat(day))
    found = world.state.before(end).statement_on(date.fromisoformat(day))

    assert interest_of(found) == by_hand(bears, day)
    assert found.deferred is deferred
    assert found.principal == Money(bears, "EUR")


@pytest.mark.parametrize(
    ("end", "amount", "bears"),
    [("for_us", "", 100000), ("for_customer", "", 70000), ("split", "100.00", 90000)],
)
def test_after_the_dispute_it_is_computed_for_what_was_right_from_the_due_date(
    end: str, amount: str, bears: int
) -> None:
    """BGB 286, 288: what was owed all along was late all along; what was not owed bears none."""
    world = contested()
    world.says("2026-03-10 10:00", MessageType.DISPUTE_SETTLED, amount, reason=end, ref="d")
    found = asked(world, "2026-03-10")

    assert interest_of(found) == by_hand(bears, "2026-03-10")
    assert not found.deferred


def test_where_all_of_it_is_contested_nothing_is_asked_for() -> None:
    """Neither interest nor the fixed sum of 40 euros."""
    world = contested("")
    found = asked(world, "2026-03-10")

    assert (found.total, found.lines, found.deferred) == (Money(0, "EUR"), (), True)


def test_a_minor_reason_defers_nothing() -> None:
    """P41: it is put right while the clock goes on."""
    world = Story(policy=parse_policy(ASKED))
    world.says("2026-02-20", MessageType.DISPUTE_OPENED, reason="invoice_not_received")
    found = asked(world, "2026-02-21")

    assert interest_of(found) == by_hand(100000, "2026-02-21")
    assert not found.deferred


def test_who_pays_what_is_asked_for_beside_a_dispute_keeps_it_paid_when_that_is_settled() -> None:
    """With interest first: 700.00, 40.00 and 3.15 of interest settle all that is asked for."""
    world = contested(more='order = ["costs", "interest", "principal"]\n')
    world.until("2026-02-20")
    total = asked(world, "2026-02-20").total
    world.says("2026-02-21 00:00", MessageType.PAYMENT, str(total.decimal))
    assert total.minor == 70000 + 4000 + by_hand(70000, "2026-02-20")
    assert (world.case.open, world.case.undisputed) == (30000, 0)

    world.says("2026-03-10 10:00", MessageType.DISPUTE_SETTLED, reason="for_us", ref="d")
    assert world.case.open == 30000
    assert asked(world, "2026-03-10").principal == Money(30000, "EUR")


@pytest.mark.parametrize(("amount", "left"), [("", 0), ("5.00", 3500), ("40.00", 0)])
def test_costs_alone_that_are_contested_in_part_are_asked_for_the_rest(
    amount: str, left: int
) -> None:
    world = Story(policy=parse_policy(ASKED.replace('"law"', '"none"')))
    world.says("2026-02-20 10:00", MessageType.PAYMENT, "1000.00")
    assert asked(world, "2026-02-20").total == Money(4000, "EUR")
    world.says("2026-02-21 10:00", MessageType.DISPUTE_OPENED, amount, reason="contract")

    assert asked(world, "2026-02-21").total == Money(left, "EUR")
