"""The companies that are owed: how messages describe them, and how long they keep data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.parties.people import Creditor


class CreditorChecks(Protocol):
    """What the data of a creditor must look like, so that letters can be written with it."""

    def wrong(self, company: Creditor) -> tuple[str, str] | None:
        """Name the first field that cannot be right, with the reason; None if nothing is wrong."""
        ...


class CreditorStore(Protocol):
    """What is known of creditors."""

    def put(self, company: Creditor) -> None:
        """Add a creditor, or replace what is known about it."""
        ...

    def creditor(self, creditor_id: str) -> Creditor | None:
        """Read a creditor; None if it was never described."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionRule:
    """How long a creditor keeps what is personal about customers after the last that happened.

    Attributes:
        months: 0 for as long as nobody erases it.
        since: when it was set (UTC); None if it never was.
    """

    creditor: str
    months: int = 0
    by: str = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietCustomer:
    """A customer with whom nothing happened for longer than the rule keeps data.

    Attributes:
        last: the last that was recorded about them (UTC).
        kept: why they cannot be erased yet; empty if they can.
    """

    customer: str
    last: datetime
    kept: tuple[str, ...] = ()


class RetentionStore(Protocol):
    """Rules of how long data is kept, and whom they concern now."""

    def rule(self, creditor: str) -> RetentionRule:
        """Read the rule of a creditor."""
        ...

    def set_rule(self, creditor: str, months: int, by: str) -> None:
        """Set the rule of a creditor from now on; earlier ones stay on record."""
        ...

    def quiet(
        self, creditor: str, months: int, now: datetime, limit: int
    ) -> tuple[QuietCustomer, ...]:
        """List customers with whom nothing happened for so many months, the longest quiet first."""
        ...
