"""Until when money is in time: what falls on a weekend or holiday moves on the next bank day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from types import MappingProxyType

from domain.calendar import LAST_HOLIDAY_YEAR, Calendar
from domain.policy.model import Policy, Rolling

LAWS = MappingProxyType(
    {
        "AT": "ABGB § 903, with BGBl. 37/1961 § 1 for Saturdays",
        "CH": "OR Art. 78, with SR 173.110.3 for Saturdays",
        "DE": "BGB § 193",
        "PL": "Kodeks cywilny art. 115",
    }
)
"""Countries whose law moves a payment that falls due on a weekend or holiday to the next working
day, and where it says so. Others may do so by custom or contract: a policy can say it."""

_A_DAY = timedelta(days=1)


def last_day_in_time(policy: Policy, calendar: Calendar, due: date) -> date:
    """Find the last day on which a payment is in time, in the debtor's calendar."""
    if policy.due_rolls is Rolling.NEVER:
        return due
    by_law = policy.due_rolls is Rolling.LAW and calendar.country not in LAWS
    return due if by_law else _banking_day(calendar, due)


def last_days_in_time(policy: Policy, calendar: Calendar, dues: Iterable[date]) -> tuple[date, ...]:
    """Find for each of several due dates the last day on which a payment is in time."""
    return tuple(last_day_in_time(policy, calendar, due) for due in dues)


def late_from(policy: Policy, calendar: Calendar, day: date) -> datetime:
    """Find the instant (UTC) from which on money of an agreed or expected day is late."""
    return calendar.start_of(first_day_after_a_bank_day(policy, calendar, day))


def first_day_after_a_bank_day(policy: Policy, calendar: Calendar, due: date) -> date:
    """Find the first day on which a payment made on a day, as the due date, can be seen."""
    return day_money_moves(policy, calendar, due) + _A_DAY


def day_money_moves(policy: Policy, calendar: Calendar, day: date) -> date:
    """Find the day on which money that is sent on a day moves: of a weekend's, the next bank day.

    Where the policy waits for no bank, the day itself.
    """
    waits = policy.working_days_only if policy.bank_day is None else policy.bank_day
    return _banking_day(calendar, day) if waits else day


def _banking_day(calendar: Calendar, due: date) -> date:
    """The first banking day from a due date on; beyond the years that are known the date itself."""
    return due if due.year >= LAST_HOLIDAY_YEAR else calendar.banking_day(due)
