"""Shares out money that goes back to a payer: from the account first, then the last invoice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenPart:
    """What an invoice has of a payment.

    Attributes:
        key: under which the case heard of it.
    """

    case: str
    key: str
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class GoingBack:
    """Where money that goes back is taken from.

    Attributes:
        account: of what no invoice took.
        parts: of what invoices took, the last one first.
        missing: what is there no more, because it went back before.
    """

    account: Money
    parts: tuple[TakenPart, ...]
    missing: Money


def going_back(amount: Money, free: Money, taken: Sequence[TakenPart]) -> GoingBack:
    """Tell where money that goes back is taken from.

    Money on the account settles nothing, so it goes first; then what the invoices took, in the
    opposite order, so that the one which was settled first stays settled longest.

    Args:
        amount: what goes back.
        free: what lies on the account of the payment.
        taken: what each invoice still has of it, in the order in which it was shared out.
    """
    account = Money(min(amount.minor, max(free.minor, 0)), amount.currency)
    left, parts = amount.minor - account.minor, list[TakenPart]()
    for part in reversed(taken):
        piece = min(left, part.amount.minor)
        if piece > 0:
            parts.append(replace(part, amount=Money(piece, amount.currency)))
            left -= piece
    return GoingBack(account=account, parts=tuple(parts), missing=Money(left, amount.currency))
