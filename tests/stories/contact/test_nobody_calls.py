"""A call that nobody makes: it goes from hand to hand, and the ladder does not wait for it."""

from datetime import date, datetime, timedelta

from domain.calendar import Calendar, a_working_day_later, due_in_window
from domain.calls.results import RESULTS
from domain.message_types import ActionType, MessageType
from domain.parties.escalation import is_late, passed_on, words_about
from domain.parties.team import Colleague, Role, Team
from tests.stories.story import Story

TEAM: Team = (
    Colleague(name="ann"),
    Colleague(name="bob"),
    Colleague(name="eva", role=Role.SUPERVISOR),
)
SILENCE = [
    "2026-02-05 remind polite",
    "2026-02-09 remind second",
    "2026-02-12 call_task call",
    "2026-02-12 notify_sales sales",
    "2026-02-19 demand_letter formal",
    "2026-02-19 hold_credit credit-hold",
    "2026-03-06 demand_letter final",
    "2026-03-17 hand_off plan-b",
]


def desk(calendar: Calendar, put: datetime, until: datetime) -> list[str]:
    """What becomes of a call that was put on Ann's desk and that nobody makes, day by day."""
    owner, so_far, due = "ann", 0, due_in_window(calendar, put)
    lines, now = (
        [f"{calendar.local_date(put)} ann should call by {calendar.wall(due):%d %H:%M}"],
        put,
    )
    while now < until and so_far < 3:
        now += timedelta(minutes=5)
        if is_late(due, now, calendar):
            passed = passed_on(owner, so_far, TEAM)
            lines.append(f"{calendar.local_date(now)} {words_about(owner, passed)}")
            owner, so_far = passed.owner, passed.passed_on
            due = a_working_day_later(calendar, now)
    return lines


def test_a_case_never_stops_silently_at_a_person() -> None:
    """P13 P15 P17: the call falls on a Thursday; Ann is ill, Bob on the road, Eva has no time.

    Everybody hears of it within a week, and the customer gets every letter on its own day.
    """
    world = Story().until("2026-03-20")
    (call,) = [deed for deed in world.deeds if deed.do is ActionType.CALL_TASK]

    assert desk(world.calendar, call.at, world.now) == [
        "2026-02-12 ann should call by 12 17:00",
        "2026-02-13 not done in time by ann; bob has it now",
        "2026-02-17 not done in time by bob; eva has it now",
        "2026-02-19 not done in time by eva; nobody is left to pass it to",
    ]
    assert world.since("2026-02-05") == SILENCE


def test_a_call_put_late_on_a_friday_is_asked_for_on_monday() -> None:
    """P19: in the customer's hours, not in ours."""
    calendar = Story(place=("America/New_York", "US")).calendar
    friday = datetime.fromisoformat("2026-02-06T15:01-05:00")

    assert desk(calendar, friday, friday + timedelta(days=14)) == [
        "2026-02-06 ann should call by 09 17:00",
        "2026-02-10 not done in time by ann; bob has it now",
        "2026-02-12 not done in time by bob; eva has it now",
        "2026-02-17 not done in time by eva; nobody is left to pass it to",
    ], "the 16th is a holiday there"


def test_whatever_came_of_a_call_something_follows() -> None:
    """P19: after every result there is a next step with a day, or a review of the standstill."""
    for result in RESULTS:
        world = Story().until("2026-02-12")
        world.says("2026-02-12 12:00", MessageType.CALL_RESULT, reason=result)
        action = world.next

        assert action.at is not None, result
        assert world.calendar.local_date(action.at) <= date(2026, 3, 31), result
