"""A plan is calculated before anybody agrees: exact, within limits, with what it leaves."""

from dataclasses import replace
from decimal import Decimal

import pytest

from domain.intake.plan_calculator import PlanWish, calculate_plan
from domain.message_types import MessageType
from domain.policy.model import Charges, InterestBy, Leftover
from domain.policy.policy_file import standard_policy
from tests.stories.story import Story

THREE = PlanWish(count="3", every="month", first="2026-02-20")


def late(**more: object) -> Story:
    """A customer who has owed 1000.00 for two days."""
    world = Story(**more)  # type: ignore[arg-type]  # the story's own words
    world.live(world.at("2026-02-06 11:00"))
    return world


def test_equal_parts_are_exact_and_the_last_one_takes_the_cents() -> None:
    found = calculate_plan(late().state, THREE)

    assert [part.amount.plain for part in found.parts] == ["333.33", "333.33", "333.34"]
    assert [str(part.day) for part in found.parts] == ["2026-02-20", "2026-03-20", "2026-04-20"]
    assert [part.left.plain for part in found.parts] == ["666.67", "333.34", "0.00"]
    assert (found.refused, found.approval) == ("", "")
    assert "the plan is over" in found.plan_b
    assert found.left_after.minor == 0


def test_rounded_parts_are_multiples_and_the_last_one_is_what_is_left() -> None:
    found = calculate_plan(late().state, replace(THREE, round_to="10"))

    assert [part.amount.plain for part in found.parts] == ["340.00", "340.00", "320.00"]


def test_interest_goes_on_and_is_told_as_what_is_left_after_the_last_part() -> None:
    charges = Charges(
        interest=InterestBy.CONTRACT,
        contract_percent=Decimal(12),
        jurisdiction="DE",
        confirmed_by="the board, 2026-01-01",
        leftover=Leftover.CHASE,
    )
    world = late(policy=replace(standard_policy(), charges=charges))
    world.until("2026-03-10")
    found = calculate_plan(world.state, replace(THREE, first="2026-03-20"))

    assert found.left_after.minor > found.costs_now.minor >= 0


def test_what_goes_beyond_the_limits_waits_for_a_supervisor_and_says_why() -> None:
    world = late()
    many = str(world.policy.agreements.most_instalments + 1)
    found = calculate_plan(world.state, PlanWish(count=many, every="week", first="2026-02-10"))

    assert f"{many} instalments are more than" in found.approval
    assert len(found.parts) == int(many)
    assert found.limits[0] == f"at most {world.policy.agreements.most_instalments} parts"


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        (replace(THREE, first=""), "date"),
        (replace(THREE, first="2026-02-01"), "past"),
        (replace(THREE, count=""), "how many"),
        (replace(THREE, every="year"), "year"),
        (replace(THREE, amount="abc"), "abc"),
        (replace(THREE, round_to="0"), "more than nothing"),
        (replace(THREE, first="2029-01-01"), "away"),
    ],
)
def test_what_is_no_plan_is_refused_in_words(wish: PlanWish, why: str) -> None:
    found = calculate_plan(late().state, wish)

    assert why in found.refused
    assert not found.parts


def test_what_was_shown_is_what_is_recorded() -> None:
    """The parts as a message says them make the same plan, whatever the rounding."""
    world = late()
    found = calculate_plan(world.state, replace(THREE, round_to="50"))
    said = [(one["date"], one["amount"]) for one in found.instalments]

    assert said == [("2026-02-20", "350.00"), ("2026-03-20", "350.00"), ("2026-04-20", "300.00")]
    assert world.says("2026-02-06 12:00", MessageType.NUDGE) == ""
    assert world.case.plans == ()
