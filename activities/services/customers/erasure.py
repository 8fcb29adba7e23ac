"""The service for what persons may ask of their data: to be told of it, and to have it erased."""

from __future__ import annotations

from activities.ports.stores.cases import CaseFilter, CaseLists
from activities.ports.stores.customers import CustomerExport, Erased, ErasureStore
from activities.services.customers.retention import RetentionService
from domain.card_numbers import without_card_numbers

_ALL = 10**7


class ErasureService:
    """Exports (GDPR, Art. 15) and erases (Art. 17) a person's data."""

    def __init__(self, erasure: ErasureStore, cases: CaseLists) -> None:
        self._erasure = erasure
        self._cases = cases
        self.retention = RetentionService(erasure.rules, erasure, erasure.archive)

    def export(self, creditor: str, customer: str) -> CustomerExport:
        """Read everything that is kept about a customer, in one instant.

        Raises:
            LookupError: if there is no such customer.
        """
        return self._erasure.export(creditor, customer)

    def open_cases(self, creditor: str, customer: str) -> tuple[str, ...]:
        """List what is still to be collected from a customer, by case id."""
        wanted = CaseFilter(creditor=creditor, customer=customer, open_only=True, limit=_ALL)
        return tuple(row.case_id for row in self._cases.find(wanted))

    def obstacles(self, creditor: str, customer: str) -> tuple[str, ...]:
        """Say in words why a customer cannot be erased yet, if anything stands in the way."""
        return self._erasure.obstacles(creditor, customer)

    def erased(self, creditor: str, customers: set[str]) -> tuple[str, ...]:
        """List those of these customers whose person was erased."""
        return tuple(sorted(self._erasure.erased(creditor, customers)))

    def erase(self, creditor: str, customer: str, *, by: str, why: str) -> Erased:
        """Empty everything personal about a customer; again, it empties what came in since.

        Raises:
            LookupError: if there is no such customer.
            ConflictError: while there is something to collect or on its way.
        """
        return self._erasure.erase(creditor, customer, by=by, why=without_card_numbers(why))
