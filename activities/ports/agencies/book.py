"""The agencies of an installation, and the price that each names for a claim."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
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
class PolledWord:
    """What an agency wrote to us."""

    id: str
    at: datetime | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenFile:
    """A file that goes along with a case.

    Attributes:
        key: tells it from every other one: what is there under it is not given twice.
        name: as the agency's people read it.
        role: invoice, letter, reply, or empty for any other.
        read: reads the content; empty bytes where nothing is kept any more.
    """

    key: str
    name: str
    media_type: str
    role: str
    read: Callable[[], bytes]


class AskLaterError(ConnectionError):
    """An agency does not answer, or wants to be left alone for a while.

    Attributes:
        wait: how long it asks us to wait; None if it did not say.
    """

    def __init__(self, message: str, wait: timedelta | None = None) -> None:
        super().__init__(message)
        self.wait = wait


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
    words: tuple[PolledWord, ...] = ()


class AgencySource(Protocol):
    """Agencies that can be asked how a case stands."""

    def can_be_asked(self, agency: AgencyProfile) -> bool:
        """Whether there is a way to ask it."""
        ...

    def state(self, agency: AgencyProfile, case_id: str) -> PolledCase | None:
        """Ask; None if it does not know the case.

        Raises:
            AskLaterError: if it does not answer.
            DomainError: if what is said of it in its file cannot be used.
        """
        ...

    def attach(
        self, agency: AgencyProfile, case_id: str, files: Sequence[GivenFile]
    ) -> tuple[str, ...]:
        """Give the files that are not there yet; answers the names of those that it does not take.

        Raises:
            AskLaterError: if it does not answer, or does not know the case.
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
