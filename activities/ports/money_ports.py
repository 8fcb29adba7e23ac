"""Repository of the money on a customer's account."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from activities.ports.money_types import OnAccount, Refund
from domain.interest.added_rates import AddedRate
from domain.money import Money
from domain.payments.allocation import Allocation, OpenClaim, PaymentIn


class PaymentRepository(Protocol):
    """The money of one account, under its lock: payments, what cases took of them, refunds."""

    def claims(self, day: date, cases: Sequence[str] | None = None) -> tuple[OpenClaim, ...]:
        """List what is open on a value date: of those cases, in that order, else of all."""
        ...

    def add(self, payment: PaymentIn, parts: tuple[Allocation, ...]) -> bool:
        """Record a payment and how it was shared out; False if it is there with the same content.

        What no part takes stays on the account as unallocated money.

        Raises:
            ConflictError: if its id is there with other content.
        """
        ...

    def parts_of(self, payment: PaymentIn) -> tuple[Allocation, ...]:
        """Read how a recorded payment was allocated."""
        ...

    def held(self, source: str, payment_id: str) -> OnAccount | None:
        """Read a payment of this account with what is left of it; None if there is none."""
        ...

    def allocated(self, allocation: str) -> tuple[tuple[str, Allocation], ...]:
        """Read what an allocation moved before: the payment's key and each part."""
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
        """Read what a refund gave back before; None if there is no such refund."""
        ...

    def refunds_of(self, source: str, payment_id: str) -> tuple[str, ...]:
        """List the ids of what was given back of a payment of this creditor's."""
        ...


class RateStore(Protocol):
    """The rates of interest that people added to the shipped tables."""

    def rates(self, jurisdiction: str = "") -> tuple[AddedRate, ...]:
        """List all that were added, by jurisdiction and half-year, the oldest first."""
        ...

    def propose(self, rate: AddedRate) -> None:
        """Keep a rate until it is confirmed; one of the same half-year that still waits goes."""
        ...

    def confirm(self, rate: AddedRate) -> bool:
        """Let a rate count as it was proposed; False if it is not there, or not as it was."""
        ...

    def laws_in_use(self) -> tuple[str, ...]:
        """List the jurisdictions by whose law an open case charges interest."""
        ...
