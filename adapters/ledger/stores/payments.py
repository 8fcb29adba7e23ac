"""Payments in PostgreSQL, to be looked at."""

from __future__ import annotations

from sqlalchemy import Engine

from activities.ports.stores.payments import PaymentRow
from adapters.ledger.payments import accounts


class SqlPaymentStore:
    """The payments that were posted."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def payments(self, creditor: str, customer: str, limit: int) -> tuple[PaymentRow, ...]:
        """List a creditor's payments with their parts, newest first."""
        return accounts.list_payments(self._engine, creditor, customer, limit)

    def payments_left(self, creditor: str, customer: str, limit: int) -> tuple[PaymentRow, ...]:
        """List the payments of which something lies on an account, newest first."""
        return accounts.payments_left(self._engine, creditor, customer, limit)

    def payment(self, creditor: str, source: str, payment_id: str) -> PaymentRow | None:
        """Read one payment with its parts; None if there is none."""
        return accounts.find_payment(self._engine, creditor, source, payment_id)
