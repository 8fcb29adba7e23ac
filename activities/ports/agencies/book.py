"""The agencies of an installation, and the price that each names for a claim."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from domain.agencies.agency_file import AgencyProfile
from domain.agencies.quotes import AgencyQuote, QuoteClaim


class AgencyBook(Protocol):
    """Which agencies there are."""

    def profiles(self, creditor: str) -> tuple[AgencyProfile, ...]:
        """List the agencies that a creditor works with, by their short names.

        Raises:
            DomainError: naming the file and line that cannot be read.
        """
        ...

    def profile(self, agency: str) -> AgencyProfile | None:
        """Find an agency by its short name; None if it was never described."""
        ...

    def quote(
        self, agency: AgencyProfile, claim: QuoteClaim, today: date, *, live: bool = True
    ) -> AgencyQuote:
        """Ask what an agency takes: by its tariff, or itself where it can be asked and ``live``."""
        ...


class NoAgencies:
    """Knows no agency by name: everything goes to the installation's one."""

    def profiles(self, creditor: str) -> tuple[AgencyProfile, ...]:
        """List none."""
        return ()

    def profile(self, agency: str) -> AgencyProfile | None:
        """Find none."""
        return None

    def quote(
        self, agency: AgencyProfile, claim: QuoteClaim, today: date, *, live: bool = True
    ) -> AgencyQuote:
        """Ask nobody."""
        raise LookupError(agency.id)
