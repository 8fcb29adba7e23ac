"""An invoice that is put right while it is chased: another amount, another due date (P41)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from types import MappingProxyType

from domain.case import Case, Invoice, Message
from domain.errors import RefusedError
from domain.invoice import Discount
from domain.kinds import Kind
from domain.money import Money, round_minor
from domain.moves import Ground, stated_sum

LATEST_DUE = timedelta(days=3660)
"""A due date further away than that is a slip of the pen."""


def _corrected(case: Case, message: Message, ground: Ground) -> Case:
    """The ladder goes on from the new facts; what was sent, and what came, stays."""
    invoice = case.invoice
    if message.amount is None and message.day is None:
        raise RefusedError("a correction needs the new amount, the new due date, or both")
    if message.day and message.day < invoice.issued:
        raise RefusedError(f"due {message.day} lies before issued {invoice.issued}", field="date")
    if message.day and message.day > invoice.issued + LATEST_DUE:
        raise RefusedError(f"{message.day} is more than ten years away", field="date")
    minor = stated_sum(case, message) if message.amount else invoice.amount.minor
    notes = case.credited - case.discount
    if minor < notes:
        have = Money(notes, invoice.amount.currency)
        raise RefusedError(f"credit notes of {have} are more; cancel one first", field="amount")
    corrected = replace(
        invoice,
        amount=Money(minor, invoice.amount.currency),
        due=message.day or invoice.due,
        discount=_discount(invoice, minor),
    )
    return replace(case, invoice=corrected, corrected_at=message.at, released_at=message.at)


def _discount(invoice: Invoice, minor: int) -> Discount | None:
    """The same share of the new amount: it was agreed as a percentage."""
    if invoice.discount is None:
        return None
    share = Fraction(invoice.discount.minor * minor, invoice.amount.minor)
    return replace(invoice.discount, minor=round_minor(share, invoice.amount.currency).minor)


CORRECTING: Mapping[Kind, Callable[[Case, Message, Ground], Case]] = MappingProxyType(
    {Kind.INVOICE_CORRECTED: _corrected}
)
"""How a correction changes a case."""
