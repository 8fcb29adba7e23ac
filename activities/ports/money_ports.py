"""What the deeds need to know and keep about money on a customer's account."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from activities.ports.money_types import OnAccount, Refund
from domain.money import Money
from domain.payments.allocation import Allocation, OpenClaim, PaymentIn


class MoneyBook(Protocol):
    """The pages of an account that speak of its money, under the account's lock."""

    @property
    def zone(self) -> str:
        """The customer's own time zone, in which bare dates begin."""
        ...

    def claims(self, day: date, cases: Sequence[str] | None = None) -> tuple[OpenClaim, ...]:
        """What is open, for money of a value date: of those cases, in that order, else of all."""
        ...

    def held(self, source: str, payment_id: str) -> OnAccount | None:
        """A payment of this account with what is left of it; None if there is none."""
        ...

    def allocated(self, allocation: str) -> tuple[tuple[str, Allocation], ...]:
        """What an allocation moved before: the payment's key and each part."""
        ...

    def add_parts(self, payment: PaymentIn, parts: tuple[Allocation, ...], allocation: str) -> None:
        """Let cases take parts of what is left of a payment."""
        ...

    def add_refund(self, payment: PaymentIn, refund: Refund) -> bool:
        """Record that money on the account was given back; False if it is there, the same.

        Raises:
            ConflictError: if its id is there with other content.
        """
        ...

    def refunded(self, refund: str) -> Money | None:
        """What a refund gave back before; None if there is no such refund."""
        ...

    def finish_surplus_tasks(self, case_id: str, but: str) -> None:
        """Tick off a case's questions about its surplus, all but that one."""
        ...
