"""When an account has settled: openings one after the other, counted to the minute."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.contact.settling import settled_at
from domain.parties.customer import NOBODY_KNOWN
from domain.policy.contact_rules import PRESETS, ContactRules

TEN = datetime(2026, 2, 5, 10, tzinfo=UTC)
WAIT = timedelta(minutes=15)


def minutes(*counts: float) -> list[datetime]:
    return [TEN + timedelta(minutes=one) for one in counts]


@pytest.mark.parametrize(
    ("openings", "settled"),
    [
        ([], 0),
        ([-16], 0),
        ([-15], 0),
        ([-14], 1),
        ([0], 15),
        ([1], 0),
        ([0, 14], 29),
        ([0, 15], 30),
        ([0, 16], 15),
        ([0, 14, 28, 42], 57),
        ([0, 14, 28, 42, 44], 59),
        ([0, 14, 28, 42, 45], 60),
        ([0, 14, 28, 42, 56], 60),
        ([-50, -40, -30, -20, -10, 0, 10, 20, 30, 40, 50, 60], 60),
    ],
)
def test_a_message_of_ten_waits_until_nothing_was_opened_for_a_quarter_of_an_hour(
    openings: list[float], settled: float
) -> None:
    (expected,) = minutes(settled)
    assert settled_at(TEN, minutes(*openings), WAIT) == expected


@given(st.lists(st.integers(-200, 200), max_size=30).map(sorted), st.integers(0, 60))
def test_what_is_opened_after_the_wait_never_moves_it_and_it_has_an_end(
    counts: list[int], length: int
) -> None:
    wait, openings = timedelta(minutes=length), minutes(*counts)
    at = settled_at(TEN, openings, wait)

    assert TEN <= at <= TEN + 4 * wait
    assert settled_at(TEN, [one for one in openings if one <= at], wait) == at
    if at < TEN + 4 * wait:
        assert not any(at - wait < one <= at for one in openings)


@given(st.lists(st.integers(0, 7200), max_size=60))
def test_the_first_and_the_last_opening_of_a_minute_tell_all(seconds: list[int]) -> None:
    """So the ledger reads a handful of instants, however many invoices a file opens."""
    openings = sorted(TEN + timedelta(seconds=one) for one in seconds)
    by_minute: dict[datetime, list[datetime]] = {}
    for one in openings:
        by_minute.setdefault(one.replace(second=0), []).append(one)
    few = sorted(edge for found in by_minute.values() for edge in (min(found), max(found)))

    for length in (1, 2, 15):
        wait = timedelta(minutes=length)
        for planned in (TEN, *openings[:3]):
            assert settled_at(planned, few, wait) == settled_at(planned, openings, wait)


@pytest.mark.parametrize(("days", "known"), [(5, 2), (6, 1), (7, 1)])
def test_openings_long_before_the_newest_are_forgotten(days: int, known: int) -> None:
    then = TEN + timedelta(days=days)
    for first, second in ((TEN, then), (then, TEN)):
        customer = NOBODY_KNOWN.with_opening(first).with_opening(second)
        assert len(customer.openings) == known
        assert customer.openings[-1] == then


def test_the_presets_wait_and_versions_from_before_do_not() -> None:
    waits = {name: rules.settle_minutes for name, rules in PRESETS.items()}
    assert waits == {"courteous": 15, "us-reg-f": 15, "unlimited": 0}
    assert ContactRules().settle_minutes == 0
