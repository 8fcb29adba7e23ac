"""The service for looking at payments, and at what is left of them on accounts."""

from __future__ import annotations

from activities.ports.stores.errors import NotKnownError, Sought
from activities.ports.stores.payments import PaymentRow, PaymentStore


class PaymentQueryService:
    """Looks payments up; posting one is the case service's."""

    def __init__(self, payments: PaymentStore) -> None:
        self._payments = payments

    def list(
        self, creditor: str, customer: str = "", *, unallocated: bool = False, limit: int = 100
    ) -> tuple[PaymentRow, ...]:
        """List payments, newest first; if asked, only those of which something is left."""
        if unallocated:
            return self._payments.payments_left(creditor, customer, limit)
        return self._payments.payments(creditor, customer, limit)

    def show(self, creditor: str, source: str, payment_id: str) -> PaymentRow:
        """Show one payment with the parts that cases took.

        Raises:
            NotKnownError: if there is none.
        """
        found = self._payments.payment(creditor, source, payment_id)
        if found is None:
            what = f"there is no payment {source}/{payment_id} of {creditor}"
            raise NotKnownError(Sought.PAYMENT, what)
        return found
