"""The grace of an agreement, read back from the check that was fixed when it was recorded."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from domain.calendar import Calendar
from domain.policy.due_dates import late_from
from domain.policy.model import Policy


def grace_of(policy: Policy, calendar: Calendar, day: date, check_at: datetime) -> timedelta:
    """Find the grace that held when a check was fixed for a day: the policy's, if that fits."""
    most = (calendar.local_date(check_at) - day).days - 1
    for days in (policy.agreements.grace_days, *range(most)):
        grace = timedelta(days=days)
        if late_from(policy, calendar, day + grace) == check_at:
            return grace
    return timedelta(days=most)
