"""Half-years, in which reference rates change."""

from __future__ import annotations

from datetime import date

_JULY = 7


def next_half_year(day: date) -> date:
    """Find the first day of the half-year after a day's own."""
    return date(day.year, 7, 1) if day.month < _JULY else date(day.year + 1, 1, 1)


def half_year(day: date) -> str:
    """Write the half-year of a day as people do: ``2026H1``."""
    return f"{day.year}H{1 if day.month < _JULY else 2}"
