"""The work of a case with many messages grows as they do, counted in calls and not in seconds."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from types import FrameType

import pytest

from domain.case.model import Message
from domain.case.money import Ground
from domain.fold.fold import fold
from domain.message_types import MessageType
from domain.policy.policy_file import standard_policy
from tests.stories.story import Story

START = datetime(2026, 2, 2, 10, tzinfo=UTC)
WORLD = Story()
INVOICE, GROUND = WORLD.case.invoice, Ground(standard_policy(), WORLD.calendar)
FEW = 300
MANY = 3 * FEW


def steps(size: int, *, fixed: bool) -> int:
    """How many functions are called to put together a case of promises and money, by turns."""
    told = []
    for number in range(size):
        at, kind = START + timedelta(minutes=number), (MessageType.PROMISE, MessageType.IN_FLIGHT)
        day = date(2026, 3, 2) + timedelta(days=number % 20)
        check_at = GROUND.calendar.end_of(day) if fixed and not number % 2 else None
        key = f"m-{number:06}"
        told.append(Message(key=key, kind=kind[number % 2], at=at, day=day, check_at=check_at))
    fold(INVOICE, told, (), GROUND)  # what is kept of calendars is not counted
    called: Counter[str] = Counter()

    def count(_frame: FrameType, event: str, _arg: object) -> None:
        called[event] += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        case = fold(INVOICE, told, (), GROUND).case
    finally:
        sys.setprofile(before)
    assert len(case.pending_payments) == size // 2
    assert len(case.promises) == (size // 2 if fixed else 2)
    return called["call"] + called["c_call"]


@pytest.mark.parametrize("fixed", [True, False])
def test_three_times_the_messages_are_three_times_the_work(fixed: bool) -> None:
    """Promises that were kept as agreed, and such as are judged by a policy that allows two."""
    assert steps(MANY, fixed=fixed) < 3.5 * steps(FEW, fixed=fixed)
