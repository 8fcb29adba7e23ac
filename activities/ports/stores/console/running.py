"""How an installation runs: what leaves soon, what is stuck, which rounds and providers fail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class LeavingCustomer:
    """What would leave for one customer and currency until an instant.

    Attributes:
        first: when the first of it leaves (UTC).
        open: what is open of those invoices, together.
    """

    customer: str
    name: str
    messages: int
    first: datetime
    open: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class LeavingTotal:
    """What would leave in all, of one kind and currency."""

    do: str
    messages: int
    open: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingCaseTrouble:
    """A case that does not go on by itself.

    Attributes:
        failure: a kind of error, never its text; empty if it was only woken in vain.
        since: when it was first seen so (UTC).
    """

    case_id: str
    attempts: int
    failure: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FailingPart:
    """A part of the reconciler's round that fails, or the whole that does not end.

    Attributes:
        ended_at: when it last ended well (UTC); None if never.
        failures: rounds running.
        failure: a kind of error, never its text.
    """

    name: str
    ended_at: datetime | None
    failures: int
    failure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SilentProvider:
    """A provider that is left alone because it failed again and again (instants in UTC)."""

    name: str
    since: datetime
    until: datetime | None


class RunningStore(Protocol):
    """What the ledger knows of how an installation runs."""

    def leaving_customers(
        self, creditor: str, until: datetime, limit: int
    ) -> tuple[LeavingCustomer, ...]:
        """List the customers for whom something leaves, the earliest first."""
        ...

    def leaving_totals(self, creditor: str, until: datetime) -> tuple[LeavingTotal, ...]:
        """Add up everything that leaves."""
        ...

    def stuck(self) -> tuple[StandingCaseTrouble, ...]:
        """List the cases that do not go on, the longest stuck first."""
        ...

    def failing_parts(self) -> tuple[FailingPart, ...]:
        """List the parts of the round that failed last time."""
        ...

    def silent_providers(self) -> tuple[SilentProvider, ...]:
        """List the providers that are left alone."""
        ...
