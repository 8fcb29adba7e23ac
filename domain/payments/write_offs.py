"""Write-offs: by a person, or of small rests where the policy says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from types import MappingProxyType

from domain.case.invoice import Discount
from domain.case.model import Case, Invoice, Message
from domain.case.money import ALL_COSTS, Ground, stated_sum
from domain.case.terms import moved_terms, resized_terms
from domain.errors import InvalidError, RefusedError
from domain.message_types import MessageType
from domain.money import Money, round_minor
from domain.policy.due_dates import last_day_in_time, last_days_in_time
from domain.policy.model import of_currency


def _write_off(case: Case, message: Message, ground: Ground) -> Case:
    if case.open <= 0:
        # Else money that later goes back would be given up in silence.
        raise RefusedError("nothing is open on this invoice, so nothing can be written off")
    gone = ALL_COSTS
    if message.amount is not None and case.write_off != ALL_COSTS:
        gone = (case.write_off or 0) + stated_sum(case, message)
    return replace(case, write_off=gone, gave_up_at=message.at)


def _write_off_undone(case: Case, message: Message, ground: Ground) -> Case:
    if not case.write_off and not _would_be_rounded(case, ground):
        raise RefusedError("nothing was written off that could be undone")
    left = 0  # said by a person: nor is it written off by itself again
    if message.amount and case.write_off and case.write_off != ALL_COSTS:
        left = max(0, case.write_off - stated_sum(case, message))
    return replace(case, write_off=left, released_at=message.at)


def rounded(case: Case, ground: Ground) -> Case:
    """Write off a rest that the policy thinks too small to keep, once something came."""
    if not _would_be_rounded(case, ground):
        return case
    return replace(case, write_off=case.open, rounded=True)


def _would_be_rounded(case: Case, ground: Ground) -> bool:
    limits = ground.policy.money.write_off_below
    if not limits or case.write_off is not None or not (case.received or case.credited):
        return False
    return 0 < case.open <= of_currency(limits, case.invoice.amount.currency)


GIVING_UP: Mapping[MessageType, Callable[[Case, Message, Ground], Case]] = MappingProxyType(
    {MessageType.WRITE_OFF: _write_off, MessageType.WRITE_OFF_UNDONE: _write_off_undone}
)
"""How each message about a write-off changes a case."""


LATEST_DUE = timedelta(days=3660)
"""A due date further away than that is a slip of the pen."""


def _corrected(case: Case, message: Message, ground: Ground) -> Case:
    """The ladder goes on from the new facts; what was sent, and what came, stays."""
    invoice = case.invoice
    if message.amount is None and message.day is None:
        raise InvalidError("a correction needs the new amount, the new due date, or both")
    if message.day and message.day < invoice.issued:
        raise InvalidError(f"due {message.day} lies before issued {invoice.issued}", field="date")
    if message.day and message.day > invoice.issued + LATEST_DUE:
        raise InvalidError(f"{message.day} is more than ten years away", field="date")
    minor = stated_sum(case, message) if message.amount else invoice.amount.minor
    notes = case.credited - case.discount
    if minor < notes:
        have = Money(notes, invoice.amount.currency)
        raise RefusedError(f"credit notes of {have} are more; cancel one first", field="amount")
    corrected = _corrected_invoice(case, minor, message.day)
    days = (part.day for part in corrected.terms)
    return replace(
        case,
        invoice=corrected,
        part=min(case.part, max(0, len(corrected.terms) - 1)),
        rolled_due=last_day_in_time(ground.policy, ground.calendar, corrected.due),
        last_days=last_days_in_time(ground.policy, ground.calendar, days),
        corrected_at=message.at,
        released_at=message.at,
    )


def _corrected_invoice(case: Case, minor: int, day: date | None) -> Invoice:
    """The invoice with its new amount or due date; its parts follow, those already paid stay."""
    invoice, terms = case.invoice, resized_terms(moved_terms(case, day), minor)
    return replace(
        invoice,
        amount=Money(minor, invoice.amount.currency),
        due=terms[0].day if terms else day or invoice.due,
        discount=_discount(invoice, minor),
        terms=terms,
    )


def _discount(invoice: Invoice, minor: int) -> Discount | None:
    """The same share of the new amount: it was agreed as a percentage."""
    if invoice.discount is None:
        return None
    share = Fraction(invoice.discount.minor * minor, invoice.amount.minor)
    return replace(invoice.discount, minor=round_minor(share, invoice.amount.currency).minor)


CORRECTING: Mapping[MessageType, Callable[[Case, Message, Ground], Case]] = MappingProxyType(
    {MessageType.INVOICE_CORRECTED: _corrected}
)
"""How a correction changes a case."""
