"""Cases to be looked at: as lines of a list, whole, and which of them have something to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from activities.ports.stores.replies import HeardBack
from activities.ports.types import CaseFile, RecordedMessage
from domain.case.model import Deed
from domain.money import Money
from domain.policy.classes import History


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilter:
    """Which cases to list, by due date; an empty word means all.

    Attributes:
        open_only: leave out what has ended or owes nothing.
        due_from: nothing due before that day.
        due_until: nothing due after that day.
        limit: at most so many.
        after: the case id at which the page before ended.
    """

    creditor: str = ""
    customer: str = ""
    number: str = ""
    stage: str = ""
    open_only: bool = False
    due_from: date | None = None
    due_until: date | None = None
    limit: int = 100
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One case as a line of a list; instants in UTC.

    Attributes:
        stage: where it stands; empty before the first decision.
        outcome: how it ended; empty while it runs.
        costs_left: interest and fees that are chased although the invoice itself is paid.
        next_do: the activity that runs at ``next_at``, or ``wait``.
        settled_at: the instant of the money that settled it.
        days_late: calendar days from due date to that money.
    """

    case_id: str
    creditor: str
    customer: str
    customer_name: str
    number: str
    issued: date
    due: date
    amount: Money
    paid: Money
    credited: Money
    written_off: Money
    open: Money
    surplus: Money
    disputed: Money
    costs_left: Money
    policy: str
    stage: str
    outcome: str
    episode: int
    next_do: str
    next_step: str
    next_at: datetime | None
    next_why: str
    opened_at: datetime
    settled_at: datetime | None
    days_late: int
    parked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """What a case does next, as its newest decision says: the decision's number, when, which.

    Attributes:
        has_news: whether something was said to it that this decision has not seen.
    """

    number: int
    at: datetime | None
    step: str
    has_news: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One attempt to bring a step's message to the debtor.

    Attributes:
        state: where the whole message stands.
        result: how this attempt ended; ``in_flight`` if nobody knows yet.
        since: when it was marked in flight (UTC, database clock).
        at: when its end was recorded (UTC, database clock).
    """

    step: str
    episode: int
    message_id: str
    state: str
    attempt: int
    channel: str
    recipient: str
    result: str
    provider_id: str
    detail: str
    since: datetime | None
    at: datetime | None


class CaseLists(Protocol):
    """Cases as lines of a list."""

    def find(self, wanted: CaseFilter) -> tuple[CaseRow, ...]:
        """List cases by due date, a page at a time."""
        ...

    def row(self, case_id: str) -> CaseRow | None:
        """Read one case; None if there is none."""
        ...

    def rows(self, case_ids: Sequence[str]) -> tuple[CaseRow, ...]:
        """Read those of these cases that there are."""
        ...

    def count(self, creditor: str = "") -> int:
        """Count the cases of one creditor, or of all."""
        ...

    def owing(self, creditor: str, customers: Sequence[str], each: int) -> tuple[CaseRow, ...]:
        """List what some customers owe by due date, of each so many at most."""
        ...

    def running_of(self, creditor: str, customer: str, limit: int) -> tuple[str, ...]:
        """List the ids of a customer's cases that are not over, so many at most."""
        ...

    def next_steps(self, creditor: str, customer: str) -> dict[str, NextStep]:
        """Read what each case of an account does next, by case id."""
        ...


class CaseFiles(Protocol):
    """Everything about cases: to be looked at, never to be acted on."""

    def file(self, case_id: str) -> CaseFile | None:
        """Read everything about a case at one instant; None if there is no such case."""
        ...

    def files(self, case_ids: Sequence[str]) -> Iterator[CaseFile]:
        """Read the files of many cases, account by account."""
        ...

    def messages(self, case_id: str) -> tuple[RecordedMessage, ...]:
        """Read what was said to a case, in the order it was recorded."""
        ...

    def deeds(self, case_id: str) -> tuple[Deed, ...]:
        """Read what was done for a case, in the order it was recorded."""
        ...

    def attempts(self, case_id: str) -> tuple[Attempt, ...]:
        """Read every attempt to reach the debtor about a case, in order."""
        ...

    def numbers_alike(self, case_id: str) -> tuple[str, ...]:
        """List the numbers with the same digits that the creditor had opened before a case."""
        ...

    def recipients(self, case_id: str) -> dict[tuple[str, int], str]:
        """Read where each message about a case went, by step and episode."""
        ...

    def heard_back(self, case_id: str) -> tuple[HeardBack, ...]:
        """Read what providers and debtors let us know about a case's messages, by time."""
        ...

    def history(self, creditor: str, customer: str, before: datetime) -> History:
        """Read what all cases of a customer said before an instant, with all that people ask."""
        ...


class DueCases(Protocol):
    """Which cases have something to do."""

    def running(self, limit: int) -> tuple[str, ...]:
        """List cases that must have a run: not ended, not parked."""
        ...

    def half_opened(self, limit: int) -> tuple[str, ...]:
        """List cases that were opened and never got their first decision."""
        ...

    def outgoing(self, until: datetime) -> tuple[str, ...]:
        """List cases whose next deed goes to the debtor or the agency, up to an instant."""
        ...
