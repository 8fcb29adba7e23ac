"""Reads the terms of an invoice that falls due in parts, as systems and people write them."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.case.invoice import InvoicePart
from domain.case.terms import MOST_DUE_DATES, TERMS_FIELD, checked_terms
from domain.errors import DomainError
from domain.intake.reading import read_day
from domain.money import Money, parse_money

_LIKE = '{"due": "2026-12-31", "amount": "50.00"}'


def read_parts(given: object, due: date, amount: Money) -> tuple[InvoicePart, ...]:
    """Read the parts of an invoice, each with its due date and amount; nothing means one due date.

    Raises:
        DomainError: naming the part at fault, and the way out.
    """
    if given is None or given == "":
        return ()
    if not isinstance(given, list | tuple):
        raise DomainError(f"terms are a list of parts, each like {_LIKE}", field=TERMS_FIELD)
    if len(given) > MOST_DUE_DATES:
        raise DomainError(
            f"{len(given)} parts are too many; {MOST_DUE_DATES} at most", field=TERMS_FIELD
        )
    parts = (_part(number, one, amount.currency) for number, one in enumerate(given, start=1))
    return checked_terms(tuple(parts), due, amount)


def _part(number: int, given: Any, currency: str) -> InvoicePart:
    if not isinstance(given, dict) or set(given) != {"due", "amount"}:
        raise DomainError(f"part {number} must be like {_LIKE}", field=TERMS_FIELD)
    if isinstance(given["amount"], bool | float):
        raise DomainError(
            f'part {number}: write the amount as text, like "50.00"', field=TERMS_FIELD
        )
    try:
        money = parse_money(str(given["amount"]), currency)
        return InvoicePart(day=read_day(given["due"], TERMS_FIELD), minor=money.minor)
    except DomainError as reason:
        raise DomainError(f"part {number}: {reason}", field=TERMS_FIELD) from None
