"""What is late of an invoice, day by day: all of it after its due date, or each part after its own.

Money, credit and whatever is contested count to the oldest part first.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date, timedelta

from domain.case.model import Case
from domain.case.terms import due_by_part
from domain.interest.model import Balance

_A_DAY = timedelta(days=1)


def last_days_of(case: Case) -> tuple[date, ...]:
    """List the last days in time of an invoice: one, or one for each part."""
    return case.last_days or (case.due,)


def first_last_day(case: Case) -> date:
    """Find the last day on which nothing of an invoice could be late."""
    return last_days_of(case)[0]


def late_balances(case: Case, steps: Sequence[Balance]) -> tuple[Balance, ...]:
    """Turn what was open from each day on into what bears interest: only what had fallen due."""
    if not case.last_days:
        return tuple(steps)
    days = {day for day, _ in steps} | {day + _A_DAY for day in case.last_days}
    known = [day for day, _ in steps]
    return tuple(
        (day, late_on_day(case, steps[bisect_right(known, day) - 1][1], day))
        for day in sorted(day for day in days if day >= known[0])
    )


def late_on_day(case: Case, balance: int, day: date) -> int:
    """Find what of an open balance bears interest on a day: what had fallen due before it."""
    if not case.last_days:
        return balance
    fallen = (0, *due_by_part(case.invoice))[bisect_left(case.last_days, day)]
    return max(0, fallen - (case.invoice.amount.minor - balance))


def due_by(case: Case, balance: int, day: date) -> int:
    """Find what of an open balance has fallen due by the end of a day."""
    if not case.last_days:
        return balance
    fallen = (0, *due_by_part(case.invoice))[bisect_right(case.last_days, day)]
    return max(0, min(balance, fallen - (case.invoice.amount.minor - balance)))


def late_of_part(case: Case, number: int, balance: int) -> int:
    """Find what is open of a part (from 0) by itself while so much of the invoice is open."""
    if not case.last_days:
        return balance
    settled = case.invoice.amount.minor - balance
    return max(
        0, min(case.invoice.terms[number].minor, due_by_part(case.invoice)[number] - settled)
    )
