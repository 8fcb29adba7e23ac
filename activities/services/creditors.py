"""The companies that are owed."""

from __future__ import annotations

from activities.ports.stores.cases import CaseLists
from activities.ports.stores.creditors import CreditorStore
from activities.ports.stores.errors import NotKnownError, Sought
from domain.parties.people import Creditor


class CreditorService:
    """What every message says about its sender."""

    def __init__(self, creditors: CreditorStore, cases: CaseLists) -> None:
        self._creditors = creditors
        self._cases = cases

    def show(self, creditor: str) -> Creditor:
        """Show what is known about a creditor.

        Raises:
            NotKnownError: if it was never described.
        """
        found = self._creditors.creditor(creditor)
        if found is None:
            raise NotKnownError(Sought.CREDITOR, f"there is no creditor {creditor}")
        return found

    def put(self, company: Creditor) -> None:
        """Describe a creditor, or replace what is known about it."""
        self._creditors.put(company)

    def is_known(self, creditor: str) -> bool:
        """Tell whether a creditor was described or has any case."""
        return bool(self._creditors.creditor(creditor) or self._cases.count(creditor))
