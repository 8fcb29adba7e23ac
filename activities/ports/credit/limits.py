"""Credit limits of customers, and where a bureau's report comes from."""

from __future__ import annotations

from typing import Protocol

from domain.credit.limits import BureauReport, CreditLimit


class LimitStore(Protocol):
    """The limits that people set."""

    def limits(self, creditor: str, customer: str) -> tuple[CreditLimit, ...]:
        """Read the limits of a customer that hold now, by currency."""
        ...


class CreditBureau(Protocol):
    """Whoever reports about customers: a bureau's interface, or what people typed in."""

    def report(self, creditor: str, customer: str) -> BureauReport | None:
        """Find the newest report about a customer; None if there is none."""
        ...


class ReportBook(Protocol):
    """Reports that people put down themselves."""

    def keep_report(self, creditor: str, customer: str, report: BureauReport) -> None:
        """Keep a report about a customer; each stays beside the newer ones."""
        ...
