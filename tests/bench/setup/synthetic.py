"""A made-up year of invoices: many customers, countries and fates, the same in every run."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from domain.policy.model import Policy
from starter.rehearsal.script import ScriptPart
from tests.rehearsal import stage

FIRST_DAY = date(2024, 1, 2)
LAST_DAY = date(2025, 12, 31)
PLACES = (("Europe/Berlin", "DE"), ("Europe/London", "GB"), ("America/New_York", "US"))
TERMS = (14, 30, 30, 60)
INVOICES_PER_CUSTOMER = 5

Row = dict[str, str]


def invoices(count: int) -> Iterator[Row]:
    """That many invoices over a year, about five to a customer."""
    for index in range(count):
        zone, country = PLACES[index % len(PLACES)]
        issued = _issued(index)
        yield {
            "number": f"S-{index:05}",
            "customer": f"C-{index * 7919 % max(1, count // INVOICES_PER_CUSTOMER):05}",
            "issued": str(issued),
            "due": str(_due(index)),
            "currency": "EUR",
            "amount": _amount(index),
            "zone": zone,
            "country": country,
        }


def events(count: int) -> Iterator[Row]:
    """What becomes of them: two in three pay, early or late; some promise, contest or pause."""
    for index in range(count):
        yield from _fate(index)


def script(count: int, policy: Policy) -> list[ScriptPart]:
    """The rehearsal of that many invoices, read from files as the command reads them."""
    with tempfile.TemporaryDirectory() as folder:
        return stage.script(Path(folder), invoices(count), events(count), policy, LAST_DAY)


def _fate(index: int) -> Iterator[Row]:
    """One in twenty each: a promise broken, one kept, a dispute, a pause, a part; most pay."""
    kind, late = index * 31 % 20, index * 17 % 75 - 12
    whole = _event(index, late, "payment", amount=_amount(index))
    promise = _event(index, late, "promise", date=str(_day(index, late + 9)))
    fates: tuple[list[Row], ...] = (
        [promise],
        [promise, _event(index, late + 8, "payment", amount=_amount(index))],
        [
            _event(index, late, "dispute_opened", reason="wrong goods"),
            _event(index, late + 20, "dispute_settled"),
        ],
        [_event(index, late, "pause", date=str(_day(index, late + 14)))],
        [_event(index, late, "payment", amount="10.00")],
        [],
        [],
    )
    yield from fates[kind] if kind < len(fates) else [whole]


def _event(index: int, day: int, event: str, **more: str) -> Row:
    at = max(_day(index, day), _issued(index))
    return {"at": f"{at}T10:00:00Z", "invoice": f"S-{index:05}", "event": event} | (
        {"currency": "EUR", **more} if "amount" in more else more
    )


def _issued(index: int) -> date:
    return FIRST_DAY + timedelta(days=index * 13 % 365)


def _due(index: int) -> date:
    return _issued(index) + timedelta(days=TERMS[index * 3 % len(TERMS)])


def _day(index: int, days: int) -> date:
    return _due(index) + timedelta(days=days)


def _amount(index: int) -> str:
    return f"{20 + index * 37 % 4000}.{index % 100:02}"
