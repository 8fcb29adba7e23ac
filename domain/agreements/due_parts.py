"""Which parts of an invoice with several due dates count at an instant, and which are still ahead.

Money, credit and whatever is contested count to the oldest part first: what is asked for on a day
is what has fallen due less that, and never what falls due later. While nothing that has fallen due
is left, the case is about the part that comes next, as an invoice is before its due date.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from domain.agreements.status import current_plan
from domain.calendar import Calendar
from domain.case.invoice import InvoicePart
from domain.case.model import Case
from domain.case.terms import due_by_part
from domain.changed import changed
from domain.message_types import ActionType

_A_DAY = timedelta(days=1)


def with_due_parts(case: Case, calendar: Calendar, now: datetime) -> Case:
    """Look at a case as its terms in parts have it at an instant; any other case is as it was."""
    if not case.invoice.terms:
        return case
    whole = due_by_part(case.invoice)
    free = max(0, case.open - case.disputed)
    # Where all of it is contested nothing is asked for, and no part is any less unpaid for that.
    settled = case.invoice.amount.minor - (free or case.open)
    part = _oldest_unpaid(case, whole, settled)
    fallen = _fallen(case, calendar, now)
    due, later = _divided(case, whole, settled, max(fallen, part + 1))
    return changed(
        case,
        part=part,
        parts_due=fallen,
        later=sum(one.minor for one in later),
        later_parts=later,
        due_parts=due,
        rolled_due=case.last_days[part],
        part_late_from=calendar.start_of(case.last_days[part] + _A_DAY),
    )


def _divided(
    case: Case, whole: tuple[int, ...], settled: int, counted: int
) -> tuple[tuple[InvoicePart, ...], tuple[InvoicePart, ...]]:
    """What is left of each part that is asked for, and of each that is not yet."""
    if case.open <= case.disputed or (case.plans and current_plan(case)):
        return (), ()  # what was agreed since takes the place of the terms
    left = tuple(
        replace(part, minor=max(0, min(part.minor, due - settled)))
        for part, due in zip(case.invoice.terms, whole, strict=True)
    )
    return tuple(one for one in left[:counted] if one.minor), left[counted:]


def next_part_falls_due(case: Case, calendar: Calendar, now: datetime) -> datetime | None:
    """Find the next instant at which more may be asked for only because a further part is late."""
    if not case.invoice.terms or not case.later or case.with_agency:
        return None
    starts = (calendar.start_of(day + _A_DAY) for day in case.last_days[case.part + 1 :])
    return next((at for at in starts if at > now), None)


def late_parts_since(case: Case, calendar: Calendar) -> tuple[datetime, ...]:
    """The instants at which further parts fell due while the oldest one was unpaid."""
    days = case.last_days[case.part + 1 : case.parts_due]
    return tuple(calendar.start_of(day + _A_DAY) for day in days)


def nothing_is_late(case: Case) -> bool:
    """Tell whether all parts that have fallen due are paid, and the next one is waited for."""
    return bool(case.invoice.terms) and case.part >= case.parts_due


def _oldest_unpaid(case: Case, whole: tuple[int, ...], settled: int) -> int:
    """The first part that is not covered; a rest too small to chase goes on with the next one."""
    last = len(whole) - 1
    return next((i for i, due in enumerate(whole) if due - settled > case.slack), last)


def _fallen(case: Case, calendar: Calendar, now: datetime) -> int:
    """How many parts have fallen due; the agency has those that it was given."""
    taken = case.last_deed(ActionType.HAND_OFF) if case.with_agency else None
    today: date = calendar.local_date(min(taken.at, now) if taken else now)
    return sum(day < today for day in case.last_days)
