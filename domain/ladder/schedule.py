"""The schedule: on which dates the steps of a policy fall for one invoice."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from domain.calendar import Calendar
from domain.case.facts import Facts
from domain.case.model import Case
from domain.policy.due_dates import first_day_after_a_bank_day, last_day_in_time
from domain.policy.model import Anchor, Base, Policy, Step


@dataclass(frozen=True, slots=True)
class Rung:
    """A step with the date it falls on, and the instant at which it may happen.

    Attributes:
        open_day: the first day from its date on that has a contact window.
        moved: whether something of this case (a gap, a pause …) moved it on from its date.
    """

    step: Step
    day: date
    at: datetime
    open_day: date
    moved: bool = False

    @property
    def why(self) -> str:
        """Why it falls when it does, as far as its date goes."""
        why = f"{self.step.on} is {self.day}"
        if self.open_day == self.day:
            return why
        return f"{why}; {self.open_day} is the next day to contact somebody"


@lru_cache(maxsize=4096)
def steps_for(policy: Policy, customer_class: str) -> tuple[Step, ...]:
    """List the steps that a policy has for a class of customers, in policy order."""
    return tuple(step for step in policy.steps if customer_class in step.classes)


def anchored(anchor: Anchor, day: date) -> date:
    """Find the date that an anchor means, counted from its event's date."""
    moved = day + timedelta(days=anchor.days)
    return _end_of_month(moved) if anchor.end_of_month else moved


def _end_of_month(day: date) -> date:
    _, last = monthrange(day.year, day.month)
    return day.replace(day=last)


def fixed_day(anchor: Anchor, case: Case) -> date | None:
    """Find the date of an anchor that depends on the invoice alone."""
    return _fixed(anchor, case.invoice.issued, case.printed_due, case.due)


def _fixed(anchor: Anchor, issued: date, due: date, last: date) -> date | None:
    if anchor.base is Base.DUE:
        return anchored(anchor, last if anchor.days > 0 else due)
    return anchored(anchor, issued) if anchor.base is Base.ISSUED else None


def schedule_of(facts: Facts, policy: Policy) -> tuple[tuple[Step, Rung | None], ...]:
    """Date each step of a case's class; what is said of a new invoice is not said of each part."""
    case = facts.case
    found = schedule(
        policy, facts.customer_class, case.invoice.issued, case.printed_due, facts.calendar
    )
    if not case.part:
        return found
    return tuple(entry for entry in found if entry[0].on.base is not Base.ISSUED)


@lru_cache(maxsize=65536)
def schedule(
    policy: Policy, customer_class: str, issued: date, due: date, calendar: Calendar
) -> tuple[tuple[Step, Rung | None], ...]:
    """Date each step of a class that depends on the invoice alone.

    After the due date nothing is said before a payment of that day can be seen.
    """
    last = last_day_in_time(policy, calendar, due)
    seen = first_day_after_a_bank_day(policy, calendar, due)
    days = (
        (step, _fixed(step.on, issued, due, last)) for step in steps_for(policy, customer_class)
    )
    return tuple(
        (step, rung_on(step, day, calendar, seen if day and day > last else None))
        for step, day in days
    )


def rung_on(
    step: Step, day: date | None, calendar: Calendar, not_before: date | None = None
) -> Rung | None:
    """Place a step on a date, at the opening of the contact window."""
    if day is None:
        return None
    at = calendar.opening(max(day, not_before) if not_before else day)
    return Rung(step, day, at, calendar.local_date(at))
