"""Rates that are missing, or end soon: one task for each jurisdiction and half-year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from activities.ports.clock import Clock
from activities.ports.money_ports import RateStore
from activities.ports.types import Task
from activities.watching.parts import Finish, Put
from domain.interest.added_rates import AddedRate, known_before, read_half_year, table_with
from domain.interest.half_years import half_year, half_years_between
from domain.interest.rate_tables import RateTable
from domain.parties.tasks import TaskKey, TaskKind, TaskTopic

ASKED_AHEAD = timedelta(weeks=6)
"""So long before a table ends a person is asked for the next rate."""

_BACK = timedelta(days=400)
"""Half-years that ended longer ago are not asked about, nor ticked off, any more."""

_A_DAY = timedelta(days=1)
KNOWN = "the rate is known now"


class RateWatch:
    """Asks for rates that open cases need, and ticks off what was asked for once it is known."""

    def __init__(self, rates: RateStore, put: Put, finish: Finish, clock: Clock) -> None:
        self._rates = rates
        self._put = put
        self._finish = finish
        self._clock = clock

    def look(self) -> int:
        """Look at the laws in use; answers how many rates are missing."""
        now, missing = self._clock(), 0
        for code in self._rates.laws_in_use():
            added = self._rates.rates(code)
            table = table_with(code, known_before(added, code, now + _A_DAY))
            for half, known in needed_rates(table, now):
                if known:
                    self._finish(rate_tasks(code, half), KNOWN)
                    continue
                self._put(rate_task(table, half, now, _waiting(added, half)))
                missing += 1
        return missing


def needed_rates(table: RateTable, now: datetime) -> Iterator[tuple[str, bool]]:
    """List the half-years of a year ago up to some weeks ahead, and whether their rate is known."""
    if not table.has_reference:
        return
    first = max(table.rates[0].start, (now - _BACK).date())
    for start in half_years_between(first, (now + ASKED_AHEAD).date()):
        rate = table.rate_on(start)
        yield half_year(start), bool(rate and rate.start == start and rate.confirmed)


def _waiting(added: tuple[AddedRate, ...], half: str) -> AddedRate | None:
    found = [one for one in added if one.half_year == half and one.confirmed_at is None]
    return found[-1] if found else None


def rate_tasks(code: str, half: str) -> str:
    """Tell how the keys of the tasks about one rate begin."""
    return TaskKey.beginning(TaskTopic.RATES, code, half)


def rate_task(table: RateTable, half: str, now: datetime, waits: AddedRate | None = None) -> Task:
    """Make the task about a rate: to find it, or to confirm what was added."""
    name = f"{table.name} ({table.code})"
    title, what = f"the rate of interest of {name} for {half} is not known", "add"
    detail = f"Add it with its official source: {table.reference}."
    if waits:
        what = f"confirm-{waits.added_at:%Y%m%dT%H%M%S}"
        title = f"the rate of interest of {name} for {half} waits for a second person"
        detail = f"{waits.added_by} added {waits.percent} from {waits.source}; confirm it."
    turn = datetime.combine(read_half_year(half), time(), UTC)
    return Task(
        key=str(TaskKey.of(TaskTopic.RATES, table.code, half, what)),
        kind=TaskKind.RATE,
        case="",
        title=title,
        detail=detail,
        due_at=max(turn, now + _A_DAY),
    )
