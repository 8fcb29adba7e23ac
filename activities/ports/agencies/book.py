"""The agencies of an installation, and the price that each names for a claim."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from domain.agencies.agency_file import AgencyProfile
from domain.agencies.quotes import AgencyQuote, QuoteClaim
from domain.message_types import AgencyNews
from domain.money import Money


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


@dataclass(frozen=True, slots=True, kw_only=True)
class PolledPayment:
    """A payment that an agency knows of.

    Attributes:
        collected: what the customer paid to it; nothing where the customer paid the creditor.
        fee: what it takes for it.
    """

    id: str
    at: datetime | None
    collected: Money
    fee: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class PolledCase:
    """How a case stands at an agency that was asked.

    Attributes:
        id: changes whenever the state does.
        state: None for a state that has no word of ours.
        note: the agency's own words for it.
    """

    id: str
    state: AgencyNews | None
    note: str
    payments: tuple[PolledPayment, ...] = ()


class AgencySource(Protocol):
    """Agencies that can be asked how a case stands."""

    def can_be_asked(self, agency: AgencyProfile) -> bool:
        """Whether there is a way to ask it."""
        ...

    def state(self, agency: AgencyProfile, case_id: str) -> PolledCase | None:
        """Ask; None if it does not know the case.

        Raises:
            ConnectionError: if it does not answer.
            DomainError: if what is said of it in its file cannot be used.
        """
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
