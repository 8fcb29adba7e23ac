"""Tells whether all that was left of an invoice was contested at an instant."""

from __future__ import annotations

from datetime import datetime

from domain.case.agreement_types import Dispute
from domain.case.model import Case


def stops_chasing(dispute: Dispute) -> bool:
    """Whether a dispute contests money: what is put right at once, or hardship, does not (P41)."""
    return not (dispute.is_minor or dispute.is_hardship)


def was_all_contested(case: Case, instant: datetime) -> bool:
    """Whether nothing could be expected at an instant: all that was left was contested then.

    One dispute may contest all of it, or several together what money and credit had left.
    """
    sums = [one.amount for one in _disputes_at(case, instant)]
    known = [amount for amount in sums if amount is not None]
    if len(known) < len(sums):
        return True
    return bool(sums) and case.left_at(instant) <= sum(known) + case.slack


def _disputes_at(case: Case, instant: datetime) -> list[Dispute]:
    """The disputes that were opened before an instant and not settled before it."""
    return [
        one
        for one in (*case.disputes, *case.settled_disputes)
        if stops_chasing(one)
        and one.opened_at < instant
        and (one.settled_at is None or one.settled_at >= instant)
    ]
