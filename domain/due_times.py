"""By when a person should have done something: within the hours in which customers are called."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.calendar import Calendar

A_DAY = timedelta(days=1)
LEAST_LEFT = timedelta(hours=2)
"""With less of a day left nobody is asked to call on that day."""


def due_in_window(calendar: Calendar, now: datetime) -> datetime:
    """The end of today's window in the debtor's zone, or of the next one if little is left."""
    start = calendar.within(now)
    day = calendar.local_date(start)
    closing = calendar.closing(day)
    late = start > calendar.opening(day) and closing - start < LEAST_LEFT
    return calendar.closing(day + A_DAY) if late else closing


def a_working_day_later(calendar: Calendar, at: datetime) -> datetime:
    """The end of the next working day's window after the day of an instant."""
    return calendar.closing(calendar.local_date(at) + A_DAY)
