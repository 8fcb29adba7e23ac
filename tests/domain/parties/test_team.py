"""Who takes up work, and what becomes of what nobody does (P81): pure."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.calendar import Calendar, a_working_day_later, due_in_window
from domain.errors import DomainError
from domain.parties.escalation import TOLD, Passed, is_late, passed_on, words_about
from domain.parties.team import (
    LONGEST_STORY,
    Colleague,
    Role,
    Team,
    colleague_name,
    deputy_note,
    steps_in,
    takes_up,
    with_one_more,
)

BERLIN = Calendar("Europe/Berlin", "DE")
SHORT = Calendar("Europe/Berlin", "DE", opens=9 * 60, closes=10 * 60)
ALWAYS = Calendar("Europe/Berlin", opens=0, closes=24 * 60, working_days_only=False)


def one(name: str, load: int = 0, *, away: bool = False, boss: bool = False) -> Colleague:
    role = Role.SUPERVISOR if boss else Role.COLLECTOR
    return Colleague(name=name, role=role, away=away, load=load)


ANN, BOB, EVA = one("ann", 3), one("bob", 1), one("eva", boss=True)


@pytest.mark.parametrize(
    ("team", "preferred", "who"),
    [
        ((), ("ann",), ""),
        ((ANN, BOB, EVA), ("ann",), "ann"),
        ((ANN, BOB, EVA), ("", "nobody"), "bob"),
        ((one("ann", away=True), BOB, EVA), ("ann",), "bob"),
        ((one("ann", 1), BOB), (), "ann"),
        ((one("ann", away=True), EVA), ("ann",), ""),
        ((ANN, EVA), ("eva",), "eva"),
    ],
    ids=["no team", "owner", "least load", "owner away", "a tie", "only a supervisor", "boss owns"],
)
def test_new_work_goes_to_the_owner_else_to_who_has_least(
    team: tuple[Colleague, ...], preferred: tuple[str, ...], who: str
) -> None:
    assert takes_up(team, preferred) == who


def test_what_somebody_absent_had_goes_to_a_supervisor_before_nobody() -> None:
    assert steps_in((ANN, BOB, EVA), "bob", "bob") == "ann"
    assert steps_in((ANN, EVA), "ann", "ann") == "eva"
    assert steps_in((ANN,), "ann", "ann") == ""


def test_many_tasks_are_shared_out_evenly() -> None:
    team: Team = (one("ann", 2), one("bob"), one("cid"))
    got: list[str] = []
    for _ in range(4):
        got.append(takes_up(team, ()))
        team = with_one_more(team, got[-1])

    assert got == ["bob", "cid", "bob", "cid"]


@pytest.mark.parametrize(
    ("so_far", "team", "to"),
    [
        (0, (ANN, BOB, EVA), ("bob", 1)),
        (0, (ANN, one("bob", away=True), EVA), ("eva", 2)),
        (0, (ANN,), ("ann", 3)),
        (0, (), ("ann", 3)),
        (1, (ANN, BOB, EVA), ("eva", 2)),
        (1, (ANN, BOB, one("eva", away=True, boss=True)), ("ann", 3)),
        (2, (ANN, BOB, EVA), ("ann", 3)),
    ],
)
def test_a_colleague_then_the_supervisor_then_everybody(
    so_far: int, team: tuple[Colleague, ...], to: tuple[str, int]
) -> None:
    """The last column: who has it, and how far it was passed on."""
    passed = passed_on("ann", so_far, team)

    assert passed == Passed(owner=to[0], passed_on=to[1])
    assert passed.is_told is (to[1] == TOLD)
    assert "not done in time by ann" in words_about("ann", passed)


@pytest.mark.parametrize(
    ("calendar", "now", "due"),
    [
        (BERLIN, "2026-02-06T08:00", "2026-02-06T16:00"),
        (BERLIN, "2026-02-06T13:59", "2026-02-06T16:00"),
        (BERLIN, "2026-02-06T14:00", "2026-02-06T16:00"),
        (BERLIN, "2026-02-06T14:01", "2026-02-09T16:00"),
        (BERLIN, "2026-02-06T20:00", "2026-02-09T16:00"),
        (BERLIN, "2026-02-07T10:00", "2026-02-09T16:00"),
        (BERLIN, "2026-04-02T15:30", "2026-04-07T15:00"),
        (SHORT, "2026-02-06T08:00", "2026-02-06T09:00"),
        (SHORT, "2026-02-06T08:01", "2026-02-09T09:00"),
        (ALWAYS, "2026-02-07T10:00", "2026-02-07T23:00"),
    ],
    ids=[
        "morning",
        "two hours and a minute",
        "two hours",
        "a minute less",
        "evening",
        "a Saturday",
        "before Easter",
        "a short window, whole",
        "a short window, begun",
        "any hour",
    ],
)
def test_a_call_is_due_within_the_hours_of_the_customer(
    calendar: Calendar, now: str, due: str
) -> None:
    """By the end of the day's window, or of the next one if less than two hours are left."""
    assert due_in_window(calendar, _utc(now)) == _utc(due)


def test_a_task_is_late_after_one_working_day_of_the_customer() -> None:
    friday = _utc("2026-02-06T16:00")
    later = a_working_day_later(BERLIN, friday)

    assert later == _utc("2026-02-09T16:00")
    assert not is_late(friday, later - timedelta(seconds=1), BERLIN)
    assert is_late(friday, later, BERLIN)


def test_who_had_a_task_is_told_line_by_line_and_not_without_end() -> None:
    first = deputy_note("why", date(2026, 2, 9), "bob has it now")
    assert first == "why\n2026-02-09: bob has it now"
    assert deputy_note("x" * LONGEST_STORY, date(2026, 2, 9), "more") == "x" * LONGEST_STORY


@pytest.mark.parametrize("text", ["", "  ", "x" * 101, "ann\x07"])
def test_a_name_is_one_line(text: str) -> None:
    with pytest.raises(DomainError, match="is no name"):
        colleague_name(text)
    assert colleague_name("  Ann   Li ") == "Ann Li"


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
