"""Days as the customers of the page have them."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from adapters.runtime.machine import machine_clock

ZONE = ZoneInfo("Europe/Berlin")
"""Where the customers are."""


def today_there() -> date:
    """Today where the customer is: an hour before midnight in London it is tomorrow there."""
    return machine_clock().astimezone(ZONE).date()


def days_ahead(days: int) -> str:
    """A day so many days from the customer's today."""
    return (today_there() + timedelta(days=days)).isoformat()


def day_in_words(day: date) -> str:
    """A day as an English page writes it."""
    return f"{day.day} {day:%B} {day.year}"
