"""Spreads what many customers are due for at the opening of a window over its first minutes."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zlib import crc32

from domain.calendar import Calendar


def opening_for(customer: str, calendar: Calendar, day: date, minutes: int) -> datetime:
    """Find the instant at which a window opens for one customer: the same one on every day.

    It follows from the customer's name alone, to the second, and lies before the window's end.
    """
    opening = calendar.opening(day)
    room = min(timedelta(minutes=minutes), calendar.closing(day) - opening)
    return opening + timedelta(seconds=crc32(customer.encode()) % max(1, int(room.total_seconds())))
