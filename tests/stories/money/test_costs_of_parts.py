"""C10: interest and the law's fixed sum of an invoice in parts, each from its own due date.

600.00 are due on 4 February and 400.00 on 4 March; BGB 288 gives interest and 40.00 euros.
"""

from __future__ import annotations

from datetime import date

import pytest

from domain.case.facts import Action
from domain.charges.statement import Statement
from domain.interest.model import Balance, InterestTerms, interest
from domain.message_types import MessageType
from domain.money import Money
from domain.policy.policy_file import parse_policy
from tests.stories.money.test_costs_asked import LADDER, LAW
from tests.stories.story import Story

FIRST, SECOND = date(2026, 2, 4), date(2026, 3, 4)
TERMS = {"2026-02-04": "600.00", "2026-03-04": "400.00"}
POLICY = LADDER.replace('id = "fee"\n', 'id = "fee"\nfor = ["risky"]\n') + LAW
ASKED = POLICY + 'asked_from = "due"\n'


def in_parts(policy: str = ASKED) -> Story:
    return Story(policy=parse_policy(policy), terms=TERMS)


def asked(world: Story, day: str) -> Statement:
    return world.state.statement_on(date.fromisoformat(day))


def costs_of(found: Statement, name: str) -> list[int]:
    return [line.amount.minor for line in found.lines if line.name == name]


def by_hand(until: str, *balances: Balance) -> int:
    """Interest by BGB 288(2) on what had fallen due from each day on."""
    terms = InterestTerms(jurisdiction="DE")
    return interest(balances, "EUR", FIRST, date.fromisoformat(until), terms).amount.minor


@pytest.mark.parametrize(
    ("day", "balances", "fixed"),
    [
        ("2026-02-04", [], []),
        ("2026-02-05", [(FIRST, 60000)], [4000]),
        ("2026-03-04", [(FIRST, 60000)], [4000]),
        ("2026-03-05", [(FIRST, 60000), (date(2026, 3, 5), 100000)], [4000, 4000]),
        ("2026-04-04", [(FIRST, 60000), (date(2026, 3, 5), 100000)], [4000, 4000]),
    ],
)
def test_each_part_bears_interest_and_a_fixed_sum_from_its_own_due_date(
    day: str, balances: list[Balance], fixed: list[int]
) -> None:
    """C10: the due date itself bears none; the day after it does."""
    found = asked(in_parts(), day)

    assert sum(costs_of(found, "interest")) == (by_hand(day, *balances) if balances else 0)
    assert costs_of(found, "compensation") == fixed


def test_a_part_that_was_paid_in_time_costs_nothing() -> None:
    """C10: only the second part is late, and bears 400.00's interest."""
    world = in_parts()
    world.says("2026-02-04 10:00", MessageType.PAYMENT, "600.00")
    found = asked(world, "2026-04-04")

    late = by_hand("2026-04-04", (SECOND, 0), (date(2026, 3, 5), 40000))
    assert costs_of(found, "interest") == [late]
    assert costs_of(found, "compensation") == [4000]


def test_between_the_parts_no_interest_runs() -> None:
    """C10: the first part is paid on 14 February; until 4 March nothing is late."""
    world = in_parts(POLICY)
    world.says("2026-02-14 10:00", MessageType.PAYMENT, "600.00")
    formal = world.policy.step("formal")
    assert formal
    saying = Action(do=formal.do, at=None, why="", step=formal.id)
    days = (date(2026, 2, 14), date(2026, 3, 4))
    then, later = (world.state.statement_on(day, saying) for day in days)

    assert costs_of(then, "interest") == costs_of(later, "interest") != []


def test_interest_is_asked_for_on_what_is_not_contested() -> None:
    """C10, A11: 200.00 contested lie on the first part: 400.00 of it bear interest, then 800.00."""
    world = in_parts()
    world.says("2026-02-06 10:00", MessageType.DISPUTE_OPENED, "200.00")
    found = asked(world, "2026-03-10")

    steps = [(FIRST, 40000), (date(2026, 3, 5), 80000)]
    assert costs_of(found, "interest") == [by_hand("2026-03-10", *steps)]
    assert found.deferred


def test_what_was_paid_paid_what_its_own_part_had_asked_for() -> None:
    """C10, A10: the formal demand asked for 600.00 with costs, and exactly that was paid.

    The next part begins its own ladder, in which costs are not asked for yet; what was paid on
    costs before stays so.
    """
    world = Story(
        policy=parse_policy(POLICY), terms={"2026-02-04": "600.00", "2026-04-20": "400.00"}
    )
    total = asked(world.until("2026-03-10"), "2026-03-09").total  # interest runs to the eve
    assert total.minor > 64000
    world.says("2026-03-10 12:00", MessageType.PAYMENT, total.plain)
    world.until("2026-04-21")

    assert world.case.open == 40000
    assert [deed.step for deed in world.deeds if deed.is_message][-1] == "polite"
    found = asked(world, "2026-04-21")
    assert (found.total.minor, found.accruing) == (40000, True)


def test_money_that_goes_back_reopens_what_it_paid_last() -> None:
    """C10: 100.00 more than was asked for paid the next part early; they go back first."""
    world = Story(
        policy=parse_policy(POLICY), terms={"2026-02-04": "600.00", "2026-04-20": "400.00"}
    )
    total = asked(world.until("2026-03-10"), "2026-03-09").total  # interest runs to the eve
    paid = Money(total.minor + 10000, "EUR")
    world.says("2026-03-10 12:00", MessageType.PAYMENT, paid.plain, key="P")
    assert world.case.open == 30000
    world.says("2026-03-12 12:00", MessageType.PAYMENT_REVERSED, "100.00", ref="P")

    assert (world.case.open, world.case.due) == (40000, date(2026, 4, 20))
