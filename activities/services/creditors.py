"""The service for creditors: the companies that are owed."""

from __future__ import annotations

from activities.ports.stores.cases import CaseLists
from activities.ports.stores.creditors import CreditorChecks, CreditorStore
from activities.ports.stores.errors import NotKnownError, Sought
from domain.errors import DomainError
from domain.parties.people import Creditor


class CreditorService:
    """Keeps what every message states about its sender."""

    def __init__(self, creditors: CreditorStore, cases: CaseLists, checks: CreditorChecks) -> None:
        self._creditors = creditors
        self._cases = cases
        self._checks = checks

    def show(self, creditor: str) -> Creditor:
        """Show what is known about a creditor.

        Raises:
            NotKnownError: if it was never described.
        """
        found = self._creditors.creditor(creditor)
        if found is None:
            raise NotKnownError(Sought.CREDITOR, f"there is no creditor {creditor}")
        return found

    def describe(self, company: Creditor) -> None:
        """Describe a creditor, or replace what is known about it.

        Raises:
            DomainError: naming the first field that cannot be right.
        """
        self.check(company)
        self.put(company)

    def check(self, company: Creditor) -> None:
        """Hold a description against what letters need; nothing is kept.

        Raises:
            DomainError: naming the first field that cannot be right.
        """
        if not company.id or "/" in company.id:
            words = "id is missing or holds a slash; write a short id such as acme"
            raise DomainError(words, field="id")
        if found := self._checks.wrong(company):
            field, reason = found
            raise DomainError(f"{field}: {reason}", field=field)

    def put(self, company: Creditor) -> None:
        """Keep a creditor just as it is described."""
        self._creditors.put(company)

    def is_known(self, creditor: str) -> bool:
        """Tell whether a creditor was described or has any case."""
        return bool(self._creditors.creditor(creditor) or self._cases.count(creditor))
