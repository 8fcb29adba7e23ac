"""Ten thousand customers who are due in one minute: spread by the policy, and kept to a pace."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

from sqlalchemy import Engine

from adapters.ledger.queries.paces import SqlPaces
from domain.calendar import Calendar
from domain.contact.spreading import opening_for
from tests.bench.setup.figures import Figure, Target

CUSTOMERS = 10_000
MINUTES = 20
PER_SECOND = 50
WORKERS = 4
SPREAD = Target(3)
PACED = Target(1.02)
NINE = datetime(2026, 3, 2, 8, tzinfo=UTC)
CHANNEL = "bench"


def measure(engine: Engine) -> Iterator[Figure]:
    """Place them by the rule of the policy; then let four workers ask for their turns at once."""
    calendar, day = Calendar("Europe/Berlin", "DE"), date(2026, 3, 2)
    seconds = Counter(opening_for(f"wave/C-{n}", calendar, day, MINUTES) for n in range(CUSTOMERS))
    yield Figure(
        measure="most customers due in one second / even, spread over 20 minutes",
        measured=f"{max(seconds.values())} of {CUSTOMERS:,} against {CUSTOMERS} without spreading",
        value=max(seconds.values()) / (CUSTOMERS / (MINUTES * 60)),
        target=SPREAD,
    )
    yield from _turns(engine)


def _turns(engine: Engine) -> Iterator[Figure]:
    paces = SqlPaces(engine, {CHANNEL: PER_SECOND})

    def ask(number: int) -> datetime | None:
        return paces.turn(CHANNEL, f"invoice/wave/{number}", NINE)

    began = time.perf_counter()
    with ThreadPoolExecutor(WORKERS) as pool:
        turns = [turn or NINE for turn in pool.map(ask, range(CUSTOMERS))]
    took = time.perf_counter() - began
    busiest = max(Counter(int((turn - NINE).total_seconds()) for turn in turns).values())
    last = (max(turns) - NINE).total_seconds()
    yield Figure(
        measure="most messages in one second after the first / a pace of 50 a second",
        measured=f"{CUSTOMERS:,} due in one minute, {WORKERS} workers; the last goes after "
        f"{last:,.0f} s, {took * 1000 / CUSTOMERS:.2f} ms to give a turn",
        value=_after_the_first(turns) / PER_SECOND,
        target=PACED,
    )
    yield Figure(
        measure="the same in the first second",
        measured=f"{busiest} go at once: the first second's turns, and those of the one after it",
        value=busiest / PER_SECOND,
    )


def _after_the_first(turns: list[datetime]) -> int:
    seconds = Counter(int((turn - NINE).total_seconds()) for turn in turns)
    return max(count for second, count in seconds.items() if second > 0)
