"""When a deed counts as done."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.case.facts import Action
from domain.decision.deeds import moment_of, stage_of
from domain.message_types import ActionType, MessageType, Stage
from tests.stories.story import Story

PLANNED = datetime(2026, 2, 9, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("late", "counts_as"),
    [
        (timedelta(), timedelta()),
        (timedelta(seconds=1), timedelta()),
        (timedelta(minutes=9, seconds=59), timedelta()),  # a queue does not show
        (timedelta(minutes=10), timedelta(minutes=10)),
        (timedelta(days=3), timedelta(days=3)),
    ],
)
def test_a_deed_counts_from_its_plan_unless_it_is_ten_minutes_late(
    late: timedelta, counts_as: timedelta
) -> None:
    action = Action(do=ActionType.REMIND, at=PLANNED, why="")
    assert moment_of(action, PLANNED + late) == PLANNED + counts_as


def test_what_nothing_was_planned_for_counts_from_now() -> None:
    assert moment_of(Action(do=ActionType.REMIND, at=None, why=""), PLANNED) == PLANNED


@pytest.mark.parametrize(
    ("at", "stage"),
    [
        ("2026-02-03 12:00", Stage.BEFORE_DUE),
        ("2026-02-04 23:59", Stage.BEFORE_DUE),  # due today
        ("2026-02-05 00:00", Stage.REMINDING),
    ],
)
def test_a_case_is_before_its_due_date_until_that_day_is_over(at: str, stage: Stage) -> None:
    world = Story()
    assert stage_of(world.case, world.calendar, world.at(at)) is stage


@pytest.mark.parametrize(
    ("kind", "at", "stage"),
    [
        (MessageType.PAUSE, "2026-02-10 23:59", Stage.PAUSED),
        (MessageType.PAUSE, "2026-02-11 00:00", Stage.REMINDING),
        (MessageType.PROMISE, "2026-02-10 23:59", Stage.PROMISED),
        (MessageType.PROMISE, "2026-02-11 00:00", Stage.REMINDING),
    ],
)
def test_what_holds_a_case_until_a_day_holds_it_to_the_end_of_that_day(
    kind: MessageType, at: str, stage: Stage
) -> None:
    world = Story()
    assert world.says("2026-02-06 11:00", kind, day="2026-02-10") == ""
    assert stage_of(world.case, world.calendar, world.at(at)) is stage


def test_a_pause_without_an_end_holds_and_a_dispute_goes_before_it() -> None:
    world = Story()
    world.says("2026-02-06 11:00", MessageType.PAUSE)
    assert stage_of(world.case, world.calendar, world.at("2027-02-06")) is Stage.PAUSED
    world.says("2026-02-06 12:00", MessageType.DISPUTE_OPENED, reason="goods")
    assert stage_of(world.case, world.calendar, world.now) is Stage.DISPUTED
