"""How long a deed waits that a provider did not take: 15 minutes, doubling, at most four hours."""

from __future__ import annotations

from datetime import timedelta

import pytest

from activities.ports.back_off import A_PERSON_MENDS, WHILE_HELD, deferred


@pytest.mark.parametrize(
    ("attempt", "minutes"),
    [(0, 15), (1, 15), (2, 30), (3, 60), (4, 120), (5, 240), (6, 240), (10, 240), (1000, 240)],
)
def test_each_attempt_waits_twice_as_long_up_to_four_hours(attempt: int, minutes: int) -> None:
    assert deferred(attempt, None) == timedelta(minutes=minutes)


@pytest.mark.parametrize(("asked", "minutes"), [(14, 15), (15, 15), (16, 16), (600, 600)])
def test_a_provider_may_ask_for_more_but_not_for_less(asked: int, minutes: int) -> None:
    assert deferred(1, timedelta(minutes=asked)) == timedelta(minutes=minutes)


def test_a_hold_is_looked_at_each_hour_and_a_person_has_four() -> None:
    assert (timedelta(hours=1), timedelta(hours=4)) == (WHILE_HELD, A_PERSON_MENDS)
