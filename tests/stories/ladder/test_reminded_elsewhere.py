"""Invoices that others had chased before they came here: the ladder goes on after what was said."""

import pytest

from domain.message_types import MessageType
from tests.stories.story import Story

ELSEWHERE = MessageType.REMINDED_ELSEWHERE


def late() -> Story:
    return Story(issued="2025-11-07", due="2025-12-07", opened="2026-02-05")


def came_with(step: str, day: str) -> Story:
    """An invoice sixty days late, whose last reminder elsewhere is known."""
    world = late()
    assert world.says("2026-02-05", ELSEWHERE, day=day, ref=step) == ""
    return world


def test_the_first_word_here_is_the_next_one_and_no_greeting() -> None:
    """Reminded twice before, last on Monday 2 February: the formal demand comes on the 5th.

    Its deadline is Sunday the 15th: what is paid on it can be seen on the 17th.
    """
    world = came_with("second", "2026-02-02").until("2026-03-31")

    letters = [line for line in world.diary if "remind" in line or "demand" in line]
    assert letters == ["2026-02-05 demand_letter formal", "2026-02-17 demand_letter final"]
    assert world.diary[-1] == "2026-03-02 hand_off plan-b"


def test_calls_and_notes_before_that_step_are_behind_the_case_too() -> None:
    """Nobody calls to ask about a first reminder after the formal demand was sent elsewhere."""
    world = came_with("formal", "2026-01-05").until("2026-03-31")

    assert not [line for line in world.diary if "call_task" in line or "notify_sales" in line]
    assert [line for line in world.diary if "demand" in line] == ["2026-02-05 demand_letter final"]


@pytest.mark.parametrize(
    ("day", "first"),
    [("2026-02-03", "2026-02-05"), ("2026-02-04", "2026-02-06"), ("2026-02-05", "2026-02-09")],
)
def test_the_gap_is_kept_after_what_others_said(day: str, first: str) -> None:
    """Two days between messages: said on Tuesday, Wednesday, or this very Thursday."""
    world = came_with("second", day).until("2026-03-31")
    letters = [line for line in world.diary if "demand_letter" in line]
    assert letters[0] == f"{first} demand_letter formal"


@pytest.mark.parametrize(
    ("day", "handed_over"), [("2026-01-20", "2026-02-05"), ("2026-02-03", "2026-02-16")]
)
def test_the_deadline_of_a_final_demand_elsewhere_is_waited_for(day: str, handed_over: str) -> None:
    """Its days are those of the policy's step, counted from the day on which it was said."""
    world = came_with("final", day).until("2026-03-31")
    assert [line for line in world.diary if "hand_off" in line] == [
        f"{handed_over} hand_off plan-b"
    ]
    assert not any("demand_letter" in line for line in world.diary)


def test_it_is_a_fact_of_the_case_and_no_message_of_ours() -> None:
    world = came_with("second", "2026-02-02")
    (deed,) = world.case.deeds
    assert (deed.step, deed.why) == ("second", "said elsewhere, before the invoice came here")
    assert (deed.open, deed.channel) == (100000, "")


def test_saying_it_twice_changes_nothing() -> None:
    once, twice = came_with("second", "2026-02-02"), came_with("second", "2026-02-02")
    twice.says("2026-02-05", ELSEWHERE, day="2026-02-02", ref="second")
    assert twice.until("2026-03-31").diary == once.until("2026-03-31").diary


@pytest.mark.parametrize(
    ("step", "day", "reason"),
    [
        ("second", "", "date names the day"),
        ("", "2026-02-02", "ref names the step"),
        ("second", "2026-02-06", "lies in the future"),
    ],
)
def test_half_of_it_is_refused(step: str, day: str, reason: str) -> None:
    world = late()
    assert reason in world.says("2026-02-05", ELSEWHERE, day=day, ref=step)
    assert world.case.deeds == ()


def test_money_that_comes_ends_it_as_ever() -> None:
    world = came_with("second", "2026-02-02")
    world.says("2026-02-06 10:00", MessageType.PAYMENT, "1000.00")
    world.until("2026-02-28")
    assert world.case.outcome == "paid"
