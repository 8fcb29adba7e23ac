"""The agenda finds which cases are planned for an instant, whatever was planned before."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.simulation.agenda import Agenda

FIRST = datetime(2026, 3, 2, 9, tzinfo=UTC)
days = st.integers(0, 6).map(lambda count: FIRST + timedelta(days=count))


@given(st.lists(st.tuples(st.integers(0, 5), st.none() | days), max_size=30), days)
def test_the_newest_plan_of_each_case_counts(
    plans: list[tuple[int, datetime | None]], until: datetime
) -> None:
    agenda, newest = Agenda(), dict[int, datetime | None]()
    for place, at in plans:
        agenda.plan(place, at)
        newest[place] = at
    wanted = sorted(place for place, at in newest.items() if at is not None and at <= until)
    assert agenda.up_to(until) == wanted
