"""A write-off that is undone repeats no demand: the ladder goes on after it (A12)."""

from collections import Counter

import pytest

from domain.message_types import MessageType
from domain.policy.policy_file import parse_policy
from tests.stories.story import Story, contacts

WRITTEN_OFF = "2026-02-24 10:00"
"""After the formal letter of 19 February, whose deadline is 1 March."""


def undone(at: str) -> Story:
    world = Story().until("2026-02-23")
    world.says(WRITTEN_OFF, MessageType.WRITE_OFF, key="w")
    assert world.says(at, MessageType.WRITE_OFF_UNDONE, ref="w") == ""
    return world


def said(world: Story, day: str) -> list[str]:
    written = {f"{deed.do.value} {deed.step}" for deed in contacts(world.deeds)}
    return [line for line in world.since(day) if line.split(" ", 1)[1] in written]


@pytest.mark.parametrize("at", ["2026-02-24 10:00", "2026-02-24 10:03", "2026-02-25 09:00"])
def test_nothing_is_said_again_within_minutes_and_the_ladder_goes_on(at: str) -> None:
    """Minutes later nobody is written to; the final letter comes on its day."""
    world = undone(at)
    assert contacts(world.deeds)[-1].step == "formal"
    world.until("2026-03-31")

    assert said(world, "2026-02-24") == ["2026-03-06 demand_letter final"]
    assert world.since("2026-03-17") == ["2026-03-17 hand_off plan-b"]


@pytest.mark.parametrize("at", ["2026-02-24 10:03", "2026-03-03 09:59", "2026-03-03 10:01"])
def test_no_step_that_was_said_is_said_again(at: str) -> None:
    """However long it stood written off: each step of the ladder once, and each hold once."""
    world = undone(at).until("2026-05-31")
    steps = Counter(deed.step for deed in world.deeds if world.policy.step(deed.step))

    assert steps["formal"] == steps["polite"] == steps["second"] == 1
    assert {step for step, times in steps.items() if times > 1} <= {"credit-hold"}


@pytest.mark.parametrize(
    ("at", "first"),
    [
        ("2026-03-03 09:59", "2026-03-06 demand_letter final"),
        ("2026-03-03 10:00", "2026-03-03 remind renewed-grew-1"),
        ("2026-03-03 10:01", "2026-03-03 remind renewed-grew-1"),
    ],
)
def test_after_seven_days_it_was_no_slip_and_the_debtor_is_asked_anew(at: str, first: str) -> None:
    """The second before seven days, seven days, a minute more: asked anew with a new deadline."""
    world = undone(at).until("2026-03-31")

    assert said(world, "2026-03-01")[0] == first


WEEKLY = parse_policy("""
name = "each letter waits for the deadline before it"
minimum_gap_days = 0
[[step]]
id = "first"
on = "due+1"
do = "remind"
deadline_days = 5
[[step]]
id = "last"
on = "deadline+1"
do = "demand_letter"
deadline_days = 7
[plan_b]
on = "deadline+3"
do = "hand_off"
""")
SILENT = [
    "2026-02-05 remind first",
    "2026-02-11 demand_letter last",
    "2026-02-23 hand_off plan-b",  # three days after the 18th is a Saturday
]


@pytest.mark.parametrize(
    ("written_off", "undone"),
    [
        ("2026-02-05 10:00", "2026-02-05 10:01"),
        ("2026-02-06 10:00", "2026-02-09 10:00"),
        ("2026-02-09 10:00", "2026-02-10 23:59"),  # the last minute of the first deadline
        ("2026-02-12 10:00", "2026-02-13 10:00"),
        ("2026-02-18 10:00", "2026-02-18 23:59"),  # the last minute of the last one
    ],
)
def test_a_slip_shortens_no_deadline(written_off: str, undone: str) -> None:
    """The day that was given holds: no letter and no agency before it is over."""
    world = Story(policy=WEEKLY)
    world.says(written_off, MessageType.WRITE_OFF, key="w")
    assert world.says(undone, MessageType.WRITE_OFF_UNDONE, ref="w") == ""
    world.until("2026-02-28")

    slip = ("close close", "reopen reopen")
    assert [line for line in world.diary if not line.endswith(slip)] == SILENT
