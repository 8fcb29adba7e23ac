"""Payments with the parts that cases took, and what is left of them on accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from domain.money import Money
from domain.payments.allocation import Allocation, PaymentIn


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRow:
    """A payment, the parts that cases took, what went back, and what is left on the account."""

    payment: PaymentIn
    parts: tuple[Allocation, ...]
    unallocated: Money
    refunded: Money
    customer_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unallocated:
    """Money of a customer that no case took yet."""

    creditor: str
    customer: str
    amount: Money


class PaymentStore(Protocol):
    """The payments that were posted."""

    def payments(self, creditor: str, customer: str, limit: int) -> tuple[PaymentRow, ...]:
        """List a creditor's payments with their parts, newest first."""
        ...

    def payments_left(self, creditor: str, customer: str, limit: int) -> tuple[PaymentRow, ...]:
        """List the payments of which something lies on an account, newest first."""
        ...

    def payment(self, creditor: str, source: str, payment_id: str) -> PaymentRow | None:
        """Read one payment with its parts; None if there is none."""
        ...
