"""When a provider is left alone: after five failures in ten minutes, five minutes at first."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.contact.breaker import WORKING, Breaker

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


def _after(*minutes: float) -> Breaker:
    state = WORKING
    for minute in minutes:
        state = state.failed(NINE + minute * MINUTE)
    return state


@pytest.mark.parametrize(
    ("minutes", "is_open"),
    [
        ((0, 1, 2, 3), False),
        ((0, 1, 2, 3, 4), True),
        ((0, 1, 2, 3, 10), True),
        ((0, 1, 2, 3, 10.1), False),
        ((0, 0, 0, 0, 0), True),
    ],
)
def test_the_fifth_failure_within_ten_minutes_opens(
    minutes: tuple[float, ...], is_open: bool
) -> None:
    state = _after(*minutes)
    assert (state.opened_at is not None) is is_open
    assert (state.wait(NINE + minutes[-1] * MINUTE) is not None) is is_open


def test_old_failures_are_forgotten_and_counting_begins_with_the_newest() -> None:
    assert _after(0, 1, 2, 3, 11).failures == 1
    assert _after(0, 1, 2, 3, 11, 12, 13, 14, 15).opened_at == NINE + 15 * MINUTE


@pytest.mark.parametrize(("later", "waits"), [(-1, True), (0, False), (1, False)])
def test_after_five_minutes_one_call_finds_out(later: int, waits: bool) -> None:
    state, now = _after(0, 0, 0, 0, 0), NINE + 5 * MINUTE + later * SECOND
    assert (state.wait(now) is not None) is waits


@pytest.mark.parametrize(("later", "waits"), [(59, True), (60, False), (61, False)])
def test_the_others_wait_a_minute_for_the_probe(later: int, waits: bool) -> None:
    begun = NINE + 5 * MINUTE
    state = _after(0, 0, 0, 0, 0).probing(begun)
    assert (state.wait(begun + later * SECOND) is not None) is waits


def test_each_failed_probe_doubles_the_pause_up_to_an_hour() -> None:
    state, now, pauses = _after(0, 0, 0, 0, 0), NINE, []
    for _ in range(6):
        until = state.wait(now)
        assert until is not None
        pauses.append((until - now) // MINUTE)
        now = until
        state = state.probing(now).failed(now)

    assert pauses == [5, 10, 20, 40, 60, 60]
    assert state.opened_at == NINE, "one outage, one question"
