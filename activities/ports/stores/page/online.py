"""Orders to pay online: what was asked for, where, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlineOrder:
    """A sum that a customer set out to pay online.

    Attributes:
        provider: who takes the payment.
        reference, url: the provider's id and address of the place to pay; empty until it answered.
        cases: the invoices that it is for, in the order in which it is shared out.
        at, until: while it can be paid (UTC).
        payment: the provider's id of the payment; empty until it came.
        refunded: minor units that went back so far.
        look_at: when the provider is asked how it stands (UTC); None while it tells by itself.
    """

    id: str
    creditor: str
    customer: str
    provider: str
    cases: tuple[str, ...]
    amount: Money
    at: datetime
    until: datetime
    reference: str = ""
    url: str = ""
    payment: str = ""
    refunded: int = 0
    look_at: datetime | None = None


class OnlineOrderStore(Protocol):
    """The orders of all creditors."""

    def add(self, order: OnlineOrder) -> None:
        """Keep an order before the provider hears of it."""
        ...

    def placed(self, order_id: str, reference: str, url: str) -> None:
        """Keep where it is paid."""
        ...

    def find(self, order_id: str) -> OnlineOrder | None:
        """Read an order; None if there is none."""
        ...

    def by_payment(self, provider: str, payment: str) -> OnlineOrder | None:
        """Find the order of a payment; None if it is none of ours."""
        ...

    def by_reference(self, provider: str, reference: str) -> OnlineOrder | None:
        """Find the order of a place to pay; None if it is none of ours."""
        ...

    def waiting(self, creditor: str, customer: str, now: datetime) -> tuple[OnlineOrder, ...]:
        """List a customer's orders that can still be paid, oldest first."""
        ...

    def paid(self, order_id: str, payment: str) -> None:
        """Keep by which payment it was paid; what was kept before stays."""
        ...

    def ended(self, order_id: str, at: datetime) -> None:
        """Keep that nothing can be paid there any more, and that there is nothing to ask."""
        ...

    def to_look(self, now: datetime, most: int) -> tuple[OnlineOrder, ...]:
        """List those whose provider is to be asked by now, the longest waiting first."""
        ...

    def look_at(self, order_id: str, at: datetime | None) -> None:
        """Keep when its provider is asked next; None for never."""
        ...

    def refunded(self, order_id: str, minor: int) -> None:
        """Keep how much of it went back; never less than before."""
        ...
