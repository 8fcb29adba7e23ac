"""Costs are asked for from the step that the policy names; until then they only accrue (A10)."""

from dataclasses import replace
from datetime import date

import pytest

from domain.case.facts import Action
from domain.charges.statement import Statement
from domain.message_types import ActionType, MessageType, Outcome
from domain.money import Money
from domain.policy.model import Policy
from domain.policy.policy_file import PolicyError, parse_policy, standard_policy
from tests.stories.story import Story

LAW = """
[charges]
interest = "law"
jurisdiction = "DE"
compensation = true
leftover = "chase"
confirmed_by = "J. Doe, 2026-01-02"
"""
LADDER = """
name = "asking"
calendar = { working_days_only = false }
[[step]]
id = "polite"
on = "due+1"
do = "remind"
[[step]]
id = "fee"
on = "due+10"
do = "fee"
amount = { EUR = "5.00" }
[[step]]
id = "second"
on = "due+14"
do = "remind"
tone = "clear"
[[step]]
id = "formal"
on = "due+30"
do = "demand_letter"
tone = "firm"
deadline_days = 10
[plan_b]
on = "deadline+1"
do = "hand_off"
"""


def asking(asked_from: str = "", ladder: str = LADDER, more: str = "") -> Policy:
    chosen = f'asked_from = "{asked_from}"\n' if asked_from else ""
    return parse_policy(ladder + LAW + chosen + more)


def asked(world: Story, day: str, step: str = "") -> Statement:
    """What a message of a step asks for on a day; without one what anybody is told who looks."""
    known = world.policy.step(step)
    saying = Action(do=known.do, at=None, why="", step=step) if known else None
    return world.state.statement_on(date.fromisoformat(day), saying)


def test_the_first_friendly_word_asks_for_the_invoice_alone() -> None:
    """P10, P18: one day late, no 40 euros and no interest; the formal letter names each cost."""
    world = Story(policy=asking()).until("2026-02-05")
    first = asked(world, "2026-02-05", "polite")
    world.until("2026-03-05")
    before, formal = asked(world, "2026-03-06"), asked(world, "2026-03-06", "formal")

    assert (first.total, first.lines, first.accruing) == (Money(100000, "EUR"), (), True)
    assert (before.total, before.lines, before.accruing) == (Money(100000, "EUR"), (), True)
    assert [line.name for line in formal.lines] == ["fee", "compensation", "interest"]
    # 30 days at 10.27 %: 8.44, and 5.00 and 40.00 beside it
    assert formal.total == Money(105344, "EUR")


@pytest.mark.parametrize(
    ("day", "total"), [("2026-03-05", 100000), ("2026-03-06", 105344), ("2026-03-07", 105372)]
)
def test_whoever_looks_sees_costs_from_the_day_of_the_formal_letter_on(
    day: str, total: int
) -> None:
    """The eve, the day (30 days after the due date), and the day after."""
    world = Story(policy=asking()).until(day)

    assert asked(world, day).total == Money(total, "EUR")


@pytest.mark.parametrize(
    ("asked_from", "first_day"),
    [
        ("", "2026-03-06"),
        ("formal", "2026-03-06"),
        ("second", "2026-02-18"),
        ("fee", "2026-02-14"),
        ("polite", "2026-02-05"),
        ("due", "2026-02-05"),
    ],
)
def test_the_policy_names_the_step(asked_from: str, first_day: str) -> None:
    world = Story(policy=asking(asked_from))
    days = [str(date(2026, 2, 4).fromordinal(date(2026, 2, 4).toordinal() + n)) for n in range(40)]
    seen = [day for day in days if asked(world.until(day), day).costs.minor]

    assert seen[0] == first_day
    assert len(seen) == len(days) - days.index(first_day)


REMINDERS = LADDER.replace("demand_letter", "remind").replace("deadline_days = 10\n", "")
SILENT = """
name = "silent"
[[step]]
id = "person"
on = "due+10"
do = "ask_person"
"""


@pytest.mark.parametrize(
    ("ladder", "first_day"),
    [
        (REMINDERS.replace('"deadline+1"', '"due+50"'), "2026-03-06"),
        (SILENT, "2026-02-05"),
    ],
)
def test_a_ladder_without_a_formal_demand_asks_with_its_last_word(
    ladder: str, first_day: str
) -> None:
    """One that writes to nobody leaves nothing to wait for."""
    world = Story(policy=asking(ladder=ladder))
    days = [f"2026-02-{day:02}" for day in range(4, 29)] + ["2026-03-05", "2026-03-06"]
    seen = [day for day in days if asked(world.until(day), day).costs.minor]

    assert seen[0] == first_day


def test_who_pays_what_he_was_asked_for_owes_no_costs() -> None:
    """A10: 1,000.00 were asked for and came; the 40 euros that nobody named are let go."""
    world = Story(policy=asking())
    world.says("2026-02-20 12:00", MessageType.PAYMENT, "1000.00")
    world.until("2026-03-31")

    assert world.outcome is Outcome.PAID
    assert (world.case.costs_left, world.case.costs_given_up) == (0, 500 + 4000 + 422)
    assert asked(world, "2026-03-31").total == Money(0, "EUR")


COSTS_FIRST = 'order = ["costs", "interest", "principal"]\n'


@pytest.mark.parametrize(
    ("paid_at", "left"),
    [("2026-03-06 08:59", 0), ("2026-03-06 09:01", 5316)],
)
def test_money_pays_costs_first_only_once_they_were_asked_for(paid_at: str, left: int) -> None:
    """BGB 367(1), and the words of the letter: before the formal one 1,000.00 settle it all.

    After it, 5.00 and 40.00 and the interest of 29 days (8.16) come first.
    """
    world = Story(policy=asking(more=COSTS_FIRST))
    world.says(paid_at, MessageType.PAYMENT, "1000.00")

    assert world.case.open == left


def test_costs_are_asked_for_anew_where_the_due_date_was_moved_out() -> None:
    """What was said for the earlier date does not count, and its costs are not asked for."""
    world = Story(policy=asking()).until("2026-03-07")
    assert asked(world, "2026-03-07").costs.minor
    world.says("2026-03-08 10:00", MessageType.INVOICE_CORRECTED, day="2026-04-10")
    world.until("2026-04-15")

    assert asked(world, "2026-04-15").total == Money(100000, "EUR")


def test_a_last_demand_before_plan_b_and_plan_b_ask_for_costs_whatever_the_policy_names() -> None:
    policy = replace(
        standard_policy(), charges=replace(asking().charges, asked_from="final"), name="late"
    )
    world = Story(policy=policy)
    for do, step in (
        (ActionType.DEMAND_LETTER, "renewed-deadline-1"),
        (ActionType.HAND_OFF, "plan-b"),
    ):
        saying = Action(do=do, at=None, why="", step=step)
        assert world.state.statement_on(date(2026, 2, 9), saying).costs.minor == 4141

    early = Action(do=ActionType.DEMAND_LETTER, at=None, why="", step="formal")
    assert world.state.statement_on(date(2026, 2, 9), early).costs.minor == 0


def test_a_step_that_is_none_is_refused() -> None:
    with pytest.raises(PolicyError, match="asked_from: 'fromal' is no step; write due, or one of"):
        asking("fromal")
