"""A promise of part: it holds back what it promises, and the rest goes on being asked for."""

from __future__ import annotations

from datetime import datetime

from domain.case.agreement_types import Promise, may_be_missing
from domain.case.model import Case


def may_be_asked(case: Case, now: datetime) -> int:
    """Compute what the debtor may be asked for at an instant: neither contested nor promised.

    Minor units.
    """
    return max(0, case.undisputed - held_back(case, now))


def held_back(case: Case, now: datetime) -> int:
    """Compute what a promise of part keeps from being asked for at an instant; minor units."""
    promise = part_promise(case)
    if promise is None or (now >= promise.plan_b.check_at and not promise.suspended):
        return 0
    return min(still_promised(case, promise), max(0, case.undisputed))


def part_promise(case: Case) -> Promise | None:
    """Find the promise that counts, if it holds back a part only."""
    promise = case.running_promise
    return None if promise is None or holds_whole(case, promise) else promise


def holds_whole(case: Case, promise: Promise) -> bool:
    """Whether a promise holds all that is open: it was of all, or leaves too little to ask for."""
    if promise.amount is None or promise.is_whole:
        return True
    return case.undisputed - still_promised(case, promise) <= case.slack


def still_promised(case: Case, promise: Promise) -> int:
    """Compute what of a promise of part is still to come; minor units.

    Money goes to what is due before what is promised for later, as the law has it where nobody
    says otherwise (BGB § 366 (2)); as much as was promised keeps the promise.
    """
    part, beside = promise.amount or 0, promise.beside
    slack = may_be_missing(promise.amount, case.slack)
    came = slack + sum(minor for at, minor in case.moves if at > promise.made_at)
    pays_the_rest = came >= beside and (beside > part or came < part)
    return min(part, case.open) if pays_the_rest or came < part else 0
