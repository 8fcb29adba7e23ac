"""A history that is kept up while cases change is the one that would be added up anew."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.history.record import CustomerRecord, RunningHistory, history_of

FIRST = datetime(2026, 3, 2, 9, tzinfo=UTC)

records = st.builds(
    CustomerRecord,
    settled_at=st.none() | st.integers(0, 5).map(lambda days: FIRST + timedelta(days=days)),
    days_late=st.integers(0, 3),
    broken_promises=st.integers(0, 2),
    handed_off=st.booleans(),
    disputes=st.integers(0, 2),
    promises_made=st.integers(0, 2),
    promises_kept=st.integers(0, 2),
)


@given(st.lists(st.tuples(st.integers(0, 4), records), max_size=20))
def test_what_a_case_shows_now_takes_the_place_of_what_it_has_shown(
    told: list[tuple[int, CustomerRecord]],
) -> None:
    running, newest = RunningHistory(), dict[int, CustomerRecord]()
    for place, record in told:
        running.note(place, record)
        newest[place] = record
        assert running.history() == history_of(newest.values())
