"""When a deed counts as done."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.case.facts import Action
from domain.decision.deeds import moment_of
from domain.message_types import ActionType

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
