"""Half-years, in which reference rates change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

_JULY = 7


def next_half_year(day: date) -> date:
    """Find the first day of the half-year after a day's own."""
    return date(day.year, 7, 1) if day.month < _JULY else date(day.year + 1, 1, 1)


def half_year(day: date) -> str:
    """Write the half-year of a day as people do: ``2026H1``."""
    return f"{day.year}H{1 if day.month < _JULY else 2}"


def half_years_between(first: date, last: date) -> Iterator[date]:
    """List the first days of all half-years that hold a day of a period, both ends inclusive."""
    start = date(first.year, 1 if first.month < _JULY else _JULY, 1)
    while start <= last:
        yield start
        start = next_half_year(start)
