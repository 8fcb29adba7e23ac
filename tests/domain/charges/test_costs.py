"""Costs beside the principal: what was charged, what money paid first, what is asked for (P24)."""

from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.case.model import Case
from domain.case.money import Ground
from domain.charges.statement import Statement, statement
from domain.fold.fold import fold, money_adds_up
from domain.message_types import MessageType, Outcome
from domain.money import Money
from domain.policy.model import Policy
from domain.policy.policy_file import parse_policy
from tests.domain.interest.second_opinion import Asked, second_opinion
from tests.stories.story import Story

STEPS = """
name = "costs"
[[step]]
id = "first"
on = "due+1"
do = "remind"
[[step]]
id = "fee"
on = "due+10"
do = "fee"
amount = { EUR = "5.00" }
[[step]]
id = "second-fee"
on = "due+20"
do = "fee"
percent = "1"
[plan_b]
on = "due+60"
do = "ask_person"
"""
GERMAN = """
[charges]
interest = "law"
jurisdiction = "DE"
confirmed_by = "J. Doe, 2026-01-02"
compensation = true
"""


def policy(more: str = "") -> Policy:
    return parse_policy(STEPS + more)


def asked(world: Story, day: str) -> Statement:
    ground = Ground(world.policy, world.calendar)
    return statement(world.case, ground, date.fromisoformat(day))


def test_nothing_is_charged_where_the_policy_says_nothing() -> None:
    world = Story().until("2026-03-30")
    found = asked(world, "2026-03-30")

    assert found.lines == ()
    assert found.total == Money(100000, "EUR")


def test_late_fees_come_once_per_level_each_with_its_ground() -> None:
    world = Story(policy=policy()).until("2026-04-30")
    found = asked(world, "2026-04-30")

    assert [(line.name, line.amount.minor) for line in found.lines] == [("fee", 500), ("fee", 1000)]
    assert "1 % of 1000.00 EUR" in found.lines[1].ground
    assert found.total == Money(101500, "EUR")


def test_a_fee_is_not_charged_again_after_the_case_was_opened_again() -> None:
    """A reversal opens the next episode; what was charged once is never charged twice."""
    world = Story(policy=policy())
    world.says("2026-02-20", MessageType.PAYMENT, "1005.00", key="p1")
    world.says("2026-02-25", MessageType.PAYMENT_REVERSED, "1005.00", ref="p1")
    world.until("2026-05-30")

    assert [deed.step for deed in world.deeds if deed.charged] == ["fee", "second-fee"]


def test_interest_by_law_runs_from_the_day_after_due_on_what_is_open() -> None:
    """BGB 288(2): 9 points over the base rate of 1.27 % in 2026H1, and 40 EUR once, 288(5)."""
    world = Story(policy=policy(GERMAN)).until("2026-02-08")
    before, first = asked(world, "2026-02-04"), asked(world, "2026-02-05")
    interest = asked(world, "2026-02-08").lines[-1]

    assert [line.name for line in first.lines] == ["compensation", "interest"]
    assert before.lines == ()
    assert interest.amount == Money(113, "EUR")  # 1000 x 10.27 % x 4 / 365 = 1.1255…
    assert "288" in interest.ground


def test_interest_agrees_with_a_second_computation_after_a_part_payment() -> None:
    world = Story(policy=policy(GERMAN))
    world.says("2026-03-10 12:00", MessageType.PAYMENT, "400.00")
    world.until("2026-05-15")
    line = next(x for x in asked(world, "2026-05-15").lines if x.name == "interest")
    steps = ((date(2026, 1, 5), 100000), (date(2026, 3, 10), 60000))

    opinion, _ = second_opinion(steps, date(2026, 2, 4), date(2026, 5, 15), Asked(code="DE"))
    assert line.amount.minor == opinion


@pytest.mark.parametrize("unknown", ["2026-07-01", "2027-01-15"])
def test_past_the_last_known_rate_the_known_part_is_asked_for_and_the_rest_is_named(
    unknown: str,
) -> None:
    world = Story(policy=policy(GERMAN)).until("2026-06-30")
    known, found = asked(world, "2026-06-30"), asked(world, unknown)

    assert found.total == known.total
    assert found.lines[-1].name == "interest"
    assert known.left_out == ()
    assert found.left_out[0].start == date(2026, 7, 1)
    assert found.left_out[-1].end == date.fromisoformat(unknown)
    assert "2026H1" in found.problem


def test_a_provisional_rate_is_marked_where_the_policy_allows_it() -> None:
    world = Story(policy=policy(GERMAN + 'past_table = "provisional"\n')).until("2026-06-30")
    line = asked(world, "2026-07-31").lines[-1]

    assert line.provisional
    assert "provisional" in line.ground


def test_a_consumer_pays_no_compensation_and_less_interest() -> None:
    world = Story(policy=policy(GERMAN)).until("2026-03-01")
    ground = Ground(world.policy, world.calendar, consumer=True)
    case = fold(world.invoice, world.messages, world.deeds, ground).case
    found = statement(case, ground, date(2026, 3, 1))
    business = asked(world, "2026-03-01")

    assert [line.name for line in found.lines if line.name == "compensation"] == []
    assert found.total < business.total


def test_money_pays_the_principal_first_where_nothing_else_is_said() -> None:
    world = Story(policy=policy())
    world.says("2026-02-20", MessageType.PAYMENT, "1000.00")
    world.until("2026-04-30")

    assert world.outcome is Outcome.PAID
    assert (world.case.paid, world.case.costs_given_up, world.case.surplus) == (100000, 500, 0)


def test_what_comes_beyond_the_principal_pays_the_costs_before_it_is_a_surplus() -> None:
    world = Story(policy=policy())
    world.says("2026-02-20", MessageType.PAYMENT, "1007.00")
    case = world.until("2026-02-28").case

    assert (case.open, case.to_costs, case.surplus) == (0, 500, 200)
    assert money_adds_up(case)


def test_by_law_money_pays_costs_then_interest_then_the_principal() -> None:
    """BGB 367(1): so a payment of just the principal leaves that much of it open."""
    order = 'order = ["costs", "interest", "principal"]\n'
    world = Story(policy=policy(GERMAN + order))
    world.says("2026-02-20 12:00", MessageType.PAYMENT, "1000.00")
    case = world.until("2026-02-20").case
    interest, _ = second_opinion(
        ((date(2026, 1, 5), 100000),), date(2026, 2, 4), date(2026, 2, 19), Asked(code="DE")
    )

    assert case.to_costs == 500 + 4000 + interest
    assert case.open == case.to_costs
    assert money_adds_up(case)


def test_a_person_may_let_costs_go_in_part_or_whole() -> None:
    world = Story(policy=policy())
    world.says("2026-03-01", MessageType.COSTS_WAIVED, "3.00")
    assert asked(world, "2026-03-01").costs == Money(1200, "EUR")

    world.says("2026-03-02", MessageType.COSTS_WAIVED)
    assert asked(world, "2026-03-02").total == Money(100000, "EUR")


def test_a_reversal_opens_exactly_what_went_back() -> None:
    order = '[charges]\norder = ["costs", "interest", "principal"]\n'
    world = Story(policy=policy(order))
    world.says("2026-02-20", MessageType.PAYMENT, "300.00", key="p1")
    paid = asked(world, "2026-02-20").total
    world.says("2026-02-21", MessageType.PAYMENT_REVERSED, ref="p1")

    assert paid == Money(100500 - 30000, "EUR")
    assert asked(world, "2026-02-21").total == Money(100500, "EUR")


def _paid(world: Story, amounts: tuple[int, ...]) -> Case:
    for at, amount in enumerate(amounts):
        world.says(f"2026-03-{1 + at:02}", MessageType.PAYMENT, str(Money(amount, "EUR").decimal))
    return world.case


@given(
    amounts=st.lists(st.integers(1, 60000), min_size=1, max_size=5),
    order=st.sampled_from(list(permutations(["principal", "interest", "costs"]))),
)
def test_every_cent_settles_something_or_is_a_surplus(
    amounts: list[int], order: tuple[str, ...]
) -> None:
    """Received = paid + costs + surplus, and the invoice adds up, whatever pays first."""
    names = ", ".join(f'"{name}"' for name in order)
    world = Story(policy=policy(GERMAN + f"order = [{names}]\n"))
    case = _paid(world, tuple(amounts))

    assert sum(amounts) == case.paid + case.to_costs + case.surplus
    assert money_adds_up(case)
    assert case.to_costs >= 0


@given(days=st.integers(0, 140))
def test_the_total_of_a_past_day_never_changes(days: int) -> None:
    """Recomputable for any past day."""
    world = Story(policy=policy(GERMAN))
    day = world.invoice.due + timedelta(days=days)
    end = world.calendar.end_of(day)
    early = Story(policy=policy(GERMAN))
    early.until(day.isoformat())
    world.says("2026-06-29", MessageType.PAYMENT, "100.00")
    ground = Ground(world.policy, world.calendar)
    said = [m for m in world.messages if m.at < end]
    done = [d for d in world.deeds if d.at < end]
    later = statement(fold(world.invoice, said, done, ground).case, ground, day)

    assert later == asked(early, day.isoformat())


def test_what_was_settled_last_is_open_again_first() -> None:
    """1,000 for the principal, 5 for the fee, 2 too much: 3 that go back open the fee by one."""
    world = Story(policy=policy('[charges]\nleftover = "chase"\n'))
    world.says("2026-02-20", MessageType.PAYMENT, "1007.00", key="p1")
    world.says("2026-02-21", MessageType.REFUND, "3.00")
    case = world.until("2026-02-21").case

    assert (case.open, case.costs_left, case.surplus) == (0, 100, 0)
