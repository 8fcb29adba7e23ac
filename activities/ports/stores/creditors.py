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
        archive_months: after which closed cases are archived; 0 for never.
        by_itself: whether the reconciler carries it out; otherwise a person does.
        since: when it was set (UTC); None if it never was.
    """

    creditor: str
    months: int = 0
    archive_months: int = 0
    by_itself: bool = False
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

    def set_rule(self, rule: RetentionRule) -> None:
        """Set the rule of a creditor from now on; earlier ones stay on record."""
        ...

    def by_themselves(self) -> tuple[RetentionRule, ...]:
        """List the rules that are carried out without anybody."""
        ...

    def newest_run(self, creditor: str) -> RetentionRun | None:
        """Read what was done last by a creditor's rule."""
        ...

    def note_run(self, run: RetentionRun) -> None:
        """Note what was done by a creditor's rule."""
        ...

    def quiet(
        self, creditor: str, months: int, now: datetime, limit: int
    ) -> tuple[QuietCustomer, ...]:
        """List customers with whom nothing happened for so many months, the longest quiet first."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionRun:
    """What was done at one time by a creditor's rule; with nothing done it was a look.

    Attributes:
        due: customers whom it concerned.
        erased: of these, those that were erased.
        archived: cases that were archived.
        whole: whether nothing was left to do.
        at: when (UTC).
    """

    creditor: str
    due: int
    erased: int
    archived: int
    whole: bool
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedYear:
    """What is archived of a creditor's year, held against its checksum.

    Attributes:
        bytes: that it takes on disk.
        since: when it changed last (UTC).
        unharmed: whether every case and the whole are what they were when they were written.
    """

    year: int
    cases: int
    bytes: int
    since: datetime
    unharmed: bool


class ArchiveStore(Protocol):
    """Closed cases that are kept aside, and come back by themselves with the next word."""

    def waiting(self, creditor: str, months: int, now: datetime) -> int:
        """Count the closed cases about which nothing was recorded for so many months."""
        ...

    def archive(self, creditor: str, months: int, now: datetime, limit: int, by: str) -> int:
        """Archive so many of them at most; answers how many."""
        ...

    def years(self, creditor: str) -> tuple[ArchivedYear, ...]:
        """Hold each year of a creditor's archive against its checksum."""
        ...

    def bring_back_case(self, creditor: str, case_id: str) -> int:
        """Put one case, and those whose messages it shares, back; answers how many.

        Raises:
            ConflictError: if it is not archived.
        """
        ...
