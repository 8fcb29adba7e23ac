"""Plans and offers have limits, and a supervisor who is somebody else may go beyond them.

An invoice of 1000.00, due on 4 February 2026; everything here is said on the 6th.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.agreements.approval import APPROVED_BY
from domain.case.invoice import InvoicePart
from domain.message_types import MessageType
from domain.policy.policy_file import standard_policy
from tests.stories.story import Story

NOW = "2026-02-06 11:00"
NEEDED = f"a supervisor must approve it ({APPROVED_BY})"


def world_with(**limits: Any) -> Story:
    """The story under a policy with other limits."""
    policy = standard_policy()
    return Story(policy=replace(policy, agreements=replace(policy.agreements, **limits)))


def planned(world: Story, reason: str, day: str = "2026-03-02", at: str = NOW, **more: Any) -> str:
    """A plan that the customer has accepted."""
    return world.says(at, MessageType.PLAN_AGREED, day=day, reason=reason, **more)


@pytest.mark.parametrize(
    ("reason", "why"),
    [("24 weekly", ""), ("25 weekly", f"25 instalments are more than 24; {NEEDED}")],
)
def test_a_plan_has_so_many_instalments(reason: str, why: str) -> None:
    assert planned(Story(), reason) == why


@pytest.mark.parametrize(("amount", "refused"), [("50.00", False), ("49.99", True)])
def test_instalments_of_next_to_nothing_with_the_rest_at_the_end_need_a_supervisor(
    amount: str, refused: bool
) -> None:
    """1.00 a month and 989.00 in a year were a way to be left alone: 5 percent here, or more."""
    world = world_with(least_instalment_percent=5)
    parts = [("2026-03-02", amount), ("2026-04-02", "")]

    why = _parts(world, parts)

    told = f"the instalment of 2026-03-02 is less than 5 % of what is open; {NEEDED}"
    assert why == (told if refused else "")


def _parts(world: Story, parts: list[tuple[str, str]], **more: Any) -> str:
    """A plan of written parts; the last one is what is left."""
    minors = [int(amount.replace(".", "")) for _, amount in parts[:-1]]
    minors.append(world.case.open - sum(minors))
    made = tuple(
        InvoicePart(day=date.fromisoformat(day), minor=minor)
        for (day, _), minor in zip(parts, minors, strict=True)
    )
    return world.says(NOW, MessageType.PLAN_AGREED, parts=made, **more)


@pytest.mark.parametrize(("day", "refused"), [("2026-04-09", False), ("2026-04-10", True)])
def test_a_plan_of_one_part_is_no_way_around_the_longest_promise(day: str, refused: bool) -> None:
    """62 days without a payment are the most; 6 February and 62 days are 9 April."""
    why = planned(Story(), "1 monthly", day)

    told = f"before the instalment of {day} nothing comes for more than 62 days; {NEEDED}"
    assert why == (told if refused else "")


def test_the_third_plan_needs_a_supervisor_and_a_proposal_does_not_count() -> None:
    world = Story()
    for number in range(4):
        proposed = world.says(NOW, MessageType.PLAN_PROPOSED, day="2026-03-02", reason="2 monthly")
        assert proposed == "", number
    assert planned(world, "2 monthly") == ""
    assert planned(world, "3 monthly", at="2026-02-07") == ""

    assert planned(world, "4 monthly", at="2026-02-08") == f"2 plans were made before; {NEEDED}"
    accepted = world.says("2026-02-09", MessageType.PLAN_AGREED)
    assert accepted == f"2 plans were made before; {NEEDED}"
    assert planned(world, "4 monthly", at="2026-02-10", by="ann", approved_by="m.weber") == ""
    assert world.case.plans[-1].approved_by == "m.weber"


@pytest.mark.parametrize(("amount", "refused"), [("250.00", False), ("249.99", True)])
def test_an_offer_asks_for_a_least_share(amount: str, refused: bool) -> None:
    why = world_with().says(NOW, MessageType.SETTLEMENT, amount, "2026-02-20")

    told = f"the offer is less than 25 % of the 1000.00 EUR open; {NEEDED}"
    assert why == (told if refused else "")


def test_the_third_offer_needs_a_supervisor_also_one_that_lets_the_costs_go() -> None:
    world = Story()
    for amount in ("900.00", "800.00"):
        assert world.says(NOW, MessageType.SETTLEMENT, amount, "2026-02-20") == ""

    refused = world.says(NOW, MessageType.SETTLEMENT, "", "2026-02-20", reason="costs")
    assert refused == f"2 offers were made before; {NEEDED}"
    more = {"by": "ann", "approved_by": "m.weber"}
    assert (
        world.says("2026-02-06 12:00", MessageType.SETTLEMENT, "700.00", "2026-02-20", **more) == ""
    )


@pytest.mark.parametrize("name", ["ann", "Ann", " ann "])
def test_nobody_approves_their_own(name: str) -> None:
    """However the name is written."""
    world = world_with(promises_allowed=0)
    why = world.says(NOW, MessageType.PROMISE, day="2026-02-20", by="ann", approved_by=name)

    own = "ann agreed on it and cannot approve it: another supervisor must"
    assert why == f"0 promises were made before; {own} ({APPROVED_BY})"


@pytest.mark.parametrize(
    ("paid", "refusal"),
    [
        ("1000.00", "nothing is open on this invoice"),
        ("999.99", "2 instalments would be nothing each"),
        ("999.98", ""),
    ],
)
def test_a_cent_for_each_instalment_is_the_least_that_a_plan_can_be_of(
    paid: str, refusal: str
) -> None:
    world = Story()
    world.says("2026-02-06 10:00", MessageType.PAYMENT, paid)
    told = world.says(
        "2026-02-06 11:00", MessageType.PLAN_AGREED, day="2026-02-27", reason="2 weekly"
    )

    assert told.startswith(refusal)
    assert bool(told) is bool(refusal)
