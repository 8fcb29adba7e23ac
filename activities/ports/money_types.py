"""Types of money on a customer's account: what lies there, and what is done with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.money import Money
from domain.payments.allocation import PaymentIn


@dataclass(frozen=True, slots=True, kw_only=True)
class OnAccount:
    """A payment with what no invoice took of it and nobody gave back."""

    payment: PaymentIn
    rest: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """Money on the account that was given back.

    Attributes:
        id: unique per creditor: said twice, it counts once.
        at: when it was given back (UTC).
    """

    id: str
    amount: Money
    at: datetime
    note: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """An order about money that lies on an account: allocate it, or give it back.

    Attributes:
        id: unique per creditor: said twice, it counts once.
        source: who reported the payment that it lies in; empty for a case's surplus.
        payment: that payment's id.
        case: the case whose surplus it is, where no payment is named.
        invoices: the numbers that shall have it, in this order; none to give it back.
        amount: how much of it; all that there is unless said.
    """

    creditor: str
    customer: str
    id: str
    source: str = ""
    payment: str = ""
    case: str = ""
    invoices: tuple[str, ...] = ()
    amount: Money | None = None
    note: str = ""
    by: str = ""
