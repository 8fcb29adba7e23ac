"""What was promised or agreed to be paid, and on which day."""

from __future__ import annotations

from datetime import datetime

from domain.agreements.promises import PromiseState, state_of
from domain.agreements.status import missing_of, running_plan
from domain.case.invoice import InvoicePart
from domain.case.model import Case
from domain.case.promised import holds_whole, still_promised


def agreed_parts(case: Case, now: datetime) -> tuple[InvoicePart, ...]:
    """List what a running plan or promise says will come, by its day; minor units.

    Never more than what is open and not contested; an offer is no promise, and is left out.
    """
    left, found = max(0, case.undisputed), list[InvoicePart]()
    for part in _said(case, now):
        if minor := min(part.minor, left):
            found.append(InvoicePart(day=part.day, minor=minor))
            left -= minor
    return tuple(found)


def _said(case: Case, now: datetime) -> tuple[InvoicePart, ...]:
    if plan := running_plan(case, now):
        return tuple(
            InvoicePart(day=part.day, minor=missing_of(case, plan, number))
            for number, part in enumerate(plan.parts)
        )
    promise = case.running_promise
    if promise is None or state_of(case, promise, now) is not PromiseState.RUNNING:
        return ()
    whole = holds_whole(case, promise)
    minor = case.undisputed if whole else still_promised(case, promise)
    return (InvoicePart(day=promise.day, minor=minor),)
