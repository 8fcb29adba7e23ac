"""The worklist, in PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from sqlalchemy import Engine

from activities.ports.stores.console.worklist import WorklistFilter, WorklistRow
from adapters.ledger.console import worklist, worklist_points
from adapters.ledger.console.urgency_facts import urgency_facts
from domain.history.urgency import Urgency, UrgencyFacts


class SqlWorklistStore:
    """The worklist, which follows from cases and tasks, and who wants to see a customer later."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def creditors(self) -> tuple[str, ...]:
        """List the creditors that have cases."""
        return worklist.creditors_with_cases(self._engine)

    def facts(
        self,
        creditor: str,
        today: date,
        customers: Iterable[str] | None = None,
        asked: Mapping[str, bool] | None = None,
    ) -> Mapping[str, UrgencyFacts]:
        """Read what the points are made of, of all customers with any, or of some."""
        return urgency_facts(self._engine, creditor, today, customers, asked)

    def points(
        self, creditor: str, customers: Iterable[str] | None = None
    ) -> Mapping[str, Urgency]:
        """Read the points that are kept, of all customers or of some."""
        return worklist_points.points_of_customers(self._engine, creditor, customers)

    def with_news(self, creditor: str, since: datetime) -> frozenset[str]:
        """Name customers to whose cases something was said that no decision knows yet."""
        return worklist_points.customers_with_news(self._engine, creditor, since)

    def keep(
        self, creditor: str, before: Mapping[str, Urgency], after: Mapping[str, Urgency]
    ) -> tuple[str, ...]:
        """Change points from what they were; names customers for whom they were not that."""
        return worklist_points.keep_points(self._engine, creditor, before, after)

    def page(self, wanted: WorklistFilter) -> tuple[WorklistRow, ...]:
        """Read one page of the worklist."""
        return worklist.worklist_page(self._engine, wanted)

    def snooze(self, creditor: str, customer: str, until: datetime | None, by: str) -> bool:
        """Hide a customer until an instant, or show it again; False if there is no such one."""
        return worklist.snooze_customer(self._engine, creditor, customer, until, by)

    def waiting(self, creditor: str) -> Mapping[str, int]:
        """Count open tasks by kind, so many at most of each."""
        return worklist.count_waiting(self._engine, creditor)
