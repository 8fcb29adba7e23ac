"""How long a statement of 10,000 credits takes to find its invoices among 100,000."""

from __future__ import annotations

import time
from collections.abc import Iterator

from domain.bank.matching import match_entry
from tests.bench.setup.figures import Figure, Target
from tests.domain.bank import payers

ITEMS = 100_000
ITEMS_OF_A_CUSTOMER = 10
FIRST = 4_700_001
SECONDS, GROWTH = Target(30), Target(2.5)


def measure() -> Iterator[Figure]:
    """Match credits of all sorts, and half as many over half as many invoices."""
    half, whole = (matched(count) for count in (ITEMS // 2, ITEMS))
    told = f"{ITEMS // 10:,} credits over {ITEMS:,} open items"
    yield Figure(
        measure="seconds to find the invoices of a statement",
        measured=f"{told}; references, numbers, parts, names, swapped digits",
        value=whole,
        target=SECONDS,
    )
    yield Figure(
        measure="seconds of the whole against half of it",
        measured=f"{whole:.1f} s against {half:.1f} s",
        value=whole / half,
        target=GROWTH,
    )


def matched(count: int) -> float:
    """Seconds of processor time for a tenth as many credits as there are open items."""
    customers = count // ITEMS_OF_A_CUSTOMER
    items, paid = payers.world(range(FIRST, FIRST + count), 10, 1, customers)
    some = paid[: count // 10]
    began = time.process_time()
    wrong = 0
    for credit in some:
        certain = match_entry(credit.entry, items).certain
        wrong += certain is not None and set(certain.cases) != set(credit.cases)
    if wrong:
        raise RuntimeError(f"{wrong} credits went to the wrong invoices")
    return time.process_time() - began
