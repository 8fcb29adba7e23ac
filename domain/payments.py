"""Money that came in, and how it is shared out over the invoices it may be meant for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentIn:
    """Money that came from a customer.

    Attributes:
        source: who reports it, such as a bank account or the billing system.
        id: the payment's id in its source; unique per creditor and source.
        at: value date as an instant (UTC).
        day: value date as a bare date, where no instant was given: 00:00 of each debtor's own day.
        invoices: numbers it is meant for; empty means oldest due date first.
        kind: ``payment``, or ``credit_note`` for a stand-alone one that settles nothing by itself.
    """

    creditor: str
    source: str
    id: str
    customer: str
    amount: Money
    at: datetime
    invoices: tuple[str, ...] = ()
    note: str = ""
    day: date | None = None
    kind: str = "payment"

    @property
    def key(self) -> str:
        """The key under which each case hears of it, once."""
        return f"payment/{self.source}/{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """A part of a payment that settles one case."""

    case: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Claim:
    """A case that a payment may be meant for, with what it still owes."""

    case: str
    open: Money


def allocate(
    amount: Money, claims: Iterable[Claim], *, stated: bool
) -> tuple[tuple[Allocation, ...], Money]:
    """Share a payment out over claims in their order; answers the parts and what is left over.

    A payment that states exactly one invoice goes there whole: what is too much becomes that
    invoice's surplus, where a person sees it. Other surplus stays on the account. Claims in
    another currency take nothing: currencies never add up.
    """
    able = [claim for claim in claims if claim.open.currency == amount.currency]
    if stated and len(able) == 1:
        return (Allocation(case=able[0].case, amount=amount),), Money(0, amount.currency)
    left, parts = amount, []
    for claim in able:
        part = min(left.minor, claim.open.minor)
        if part > 0:
            parts.append(Allocation(case=claim.case, amount=Money(part, amount.currency)))
            left = Money(left.minor - part, amount.currency)
    return tuple(parts), left
