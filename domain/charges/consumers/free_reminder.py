"""The first reminder of a consumer, which costs nothing, and the days that it leaves."""

from __future__ import annotations

from datetime import date, timedelta

from domain.calendar import Calendar, is_working_day
from domain.case.model import Case, Deed
from domain.case.money import Ground
from domain.charges.consumers.laws import ConsumerLaw, FreeReminder, consumer_law
from domain.charges.late_parts import first_last_day
from domain.message_types import DEMANDS
from domain.parties.people import EMAIL, POST

_A_DAY = timedelta(days=1)

NO_WAITING = date.min
"""Costs may be asked for on any day: no law wants a free reminder before them."""

NOT_SAID_YET = date.max - 400 * _A_DAY
"""Costs may not be asked for: the free reminder has not been said."""


def free_until(case: Case, ground: Ground) -> date:
    """Find the last day on which a debtor owes no costs (debtor's calendar).

    ``NO_WAITING`` where no law holds them back, ``NOT_SAID_YET`` while the reminder is to come. One
    counts if it was written, after the due date, and left at least the days of the law: one that
    left fewer did not say so.
    """
    law = consumer_law(ground)
    if law is None or law.free is None:
        return NO_WAITING
    return first_free_reminder(case, law.free, ground.calendar) or NOT_SAID_YET


def first_free_reminder(case: Case, free: FreeReminder, calendar: Calendar) -> date | None:
    """Find the last day of the first reminder that was free; None if none was said."""
    over = calendar.end_of(first_last_day(case))
    for deed in case.deeds:
        if deed.do not in DEMANDS or not deed.reached_debtor or deed.at < over:
            continue
        last = _last_day(deed, free, calendar)
        if last and deed.deadline and deed.deadline >= last:
            return deed.deadline
    return None


def days_to_leave(
    free: FreeReminder, channels: tuple[str, ...], sent: date, calendar: Calendar
) -> int:
    """Count the days that a reminder has to leave which may go out by one of these channels."""
    ends = [last_free_day(free, channel, sent, calendar) for channel in channels]
    return max(((last - sent).days for last in ends if last), default=0)


def last_free_day(free: FreeReminder, channel: str, sent: date, calendar: Calendar) -> date | None:
    """Find the last day that a reminder of a day has to leave; None if it is not written."""
    if channel == EMAIL:
        return sent + free.days * _A_DAY
    if channel != POST:
        return None
    first = sent
    for _ in range(free.post_days):
        first += _A_DAY
        while not is_working_day(first, calendar.country, calendar.subdivision):
            first += _A_DAY
    return first + (free.days - 1) * _A_DAY


def interest_after(case: Case, ground: Ground) -> date:
    """Find the day after which interest runs: the due date, or the end of the free days."""
    due = first_last_day(case)
    return max(due, free_until(case, ground)) if holds_interest(consumer_law(ground)) else due


def holds_interest(law: ConsumerLaw | None) -> bool:
    """Tell whether a law has all that being late costs wait for a free reminder, interest too."""
    return law is not None and law.free is not None and law.free.interest


def _last_day(deed: Deed, free: FreeReminder, calendar: Calendar) -> date | None:
    return last_free_day(free, deed.channel, calendar.local_date(deed.at), calendar)
