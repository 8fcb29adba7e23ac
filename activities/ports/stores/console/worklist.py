"""The customers of a creditor in the order in which they are looked after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from domain.history.urgency import Urgency, UrgencyFacts
from domain.money import Money

PAGE = 25
"""Customers of one page; one more is read, to know whether there is another page."""


class WorklistView(StrEnum):
    """Which customers of the worklist are wanted.

    Attributes:
        TO_DO: those for whom a call or another task waits now.
        MINE: those whom a person looks after, or has a task of.
        DONE: those for whom a person did something today.
    """

    ALL = "all"
    TO_DO = "to-do"
    MINE = "mine"
    UNASSIGNED = "unassigned"
    SNOOZED = "snoozed"
    DONE = "done"


class WorklistOrder(StrEnum):
    """By what the worklist is ordered, the most first."""

    SCORE = "score"
    MONEY = "money"
    DAYS = "days"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorklistFilter:
    """Which page of the worklist is wanted.

    Attributes:
        person: whose, where the view asks for one.
        today: the first instant of the person's day (UTC).
        after: points and customer at which the page before ended; None for the first page.
    """

    creditor: str
    view: WorklistView
    order: WorklistOrder
    person: str
    now: datetime
    today: datetime
    after: tuple[int, str] | None = None
    limit: int = PAGE + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class WorklistSums:
    """A customer's money of one currency: open, overdue, contested, and promised of what is open.

    Attributes:
        invoices: how many are open.
        oldest: the earliest due date of them.
    """

    open: Money
    overdue: Money
    disputed: Money
    promised: Money
    invoices: int
    oldest: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingTask:
    """What waits for a person with a customer: the most urgent open task.

    Attributes:
        passed_on: how often it went to somebody else, because nobody had done it in time.
    """

    key: str
    kind: str
    title: str
    owner: str
    due_at: datetime | None
    passed_on: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WorklistRow:
    """One customer of the worklist; instants in UTC.

    Attributes:
        points: as they were when the order was made last.
        next_at: when the next step of any invoice comes, and which it is.
    """

    customer: str
    name: str
    owner: str
    zone: str
    credit: str
    do_not_contact: bool
    vulnerable: bool
    points: Urgency
    snoozed_until: datetime | None
    sums: tuple[WorklistSums, ...]
    task: WaitingTask | None
    next_at: datetime | None
    next_step: str


class WorklistStore(Protocol):
    """The worklist, which follows from cases and tasks, and who wants to see a customer later."""

    def creditors(self) -> tuple[str, ...]:
        """List the creditors that have cases."""
        ...

    def facts(
        self,
        creditor: str,
        today: date,
        customers: Iterable[str] | None = None,
        asked: Mapping[str, bool] | None = None,
    ) -> Mapping[str, UrgencyFacts]:
        """Read what the points are made of, of all customers with any, or of some.

        ``asked`` tells of cases whether their money is asked for now, where that is known better
        than from their last decision.
        """
        ...

    def points(
        self, creditor: str, customers: Iterable[str] | None = None
    ) -> Mapping[str, Urgency]:
        """Read the points that are kept, of all customers or of some."""
        ...

    def with_news(self, creditor: str, since: datetime) -> frozenset[str]:
        """Name customers to whose cases something was said that no decision knows yet.

        Only what was said since an instant is looked at.
        """
        ...

    def keep(
        self, creditor: str, before: Mapping[str, Urgency], after: Mapping[str, Urgency]
    ) -> tuple[str, ...]:
        """Change points from what they were to what they are.

        Answers for which customers they were not that any more: somebody else changed them.
        """
        ...

    def page(self, wanted: WorklistFilter) -> tuple[WorklistRow, ...]:
        """Read one page of the worklist."""
        ...

    def snooze(self, creditor: str, customer: str, until: datetime | None, by: str) -> bool:
        """Hide a customer until an instant, or show it again; False if there is no such one."""
        ...

    def waiting(self, creditor: str) -> Mapping[str, int]:
        """Count open tasks by kind, so many at most of each."""
        ...
