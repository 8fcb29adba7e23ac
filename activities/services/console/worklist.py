"""The service for the worklist: whom to look after first, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from activities.ports.clock import Clock
from activities.ports.stores.console.worklist import (
    WorklistFilter,
    WorklistOrder,
    WorklistRow,
    WorklistStore,
)
from activities.ports.stores.errors import NotKnownError, Sought
from activities.services.cases import CaseQueryService
from activities.services.policies import PolicyService
from domain.decision.deeds import stage_of
from domain.decision.state import case_state
from domain.errors import DomainError
from domain.history.urgency import STANDING_STILL, urgency
from domain.policy.work_order import WORK_ORDER, WorkOrder


@dataclass(frozen=True, slots=True, kw_only=True)
class WorklistPage:
    """One page of the worklist; ``after`` leads to the next, None on the last."""

    rows: tuple[WorklistRow, ...]
    after: tuple[int, str] | None


class WorklistService:
    """Keeps customers in the order of their points, and shows them a page at a time."""

    def __init__(
        self,
        store: WorklistStore,
        cases: CaseQueryService,
        policies: PolicyService,
        clock: Clock,
    ) -> None:
        self._store = store
        self._policies = policies
        self._cases = cases
        self._clock = clock

    def refresh(self, creditor: str) -> int:
        """Give all customers of a creditor their points anew; answers how many changed."""
        now = self._clock()
        facts = self._store.facts(creditor, now.date())
        order = self.order_of(creditor)
        points = {customer: urgency(known, now, order) for customer, known in facts.items()}
        return self._store.keep(creditor, points)

    def refresh_customer(self, creditor: str, customer: str) -> None:
        """Give one customer points anew, by how the cases stand now and not when last decided."""
        now = self._clock()
        states = [case_state(file, now) for file in self._cases.open_files(creditor, customer)]
        asked = {
            one.invoice.case_id: stage_of(one.case, one.calendar, now) not in STANDING_STILL
            for one in states
        }
        facts = self._store.facts(creditor, now.date(), [customer], asked)
        order = self.order_of(creditor)
        points = {one: urgency(known, now, order) for one, known in facts.items()}
        self._store.keep(creditor, points, [customer])

    def refresh_all(self) -> int:
        """Give the customers of every creditor their points anew; answers how many changed."""
        return sum(self.refresh(creditor) for creditor in self._store.creditors())

    def order_of(self, creditor: str) -> WorkOrder:
        """Find how heavy each reason weighs: as the policy of the creditor's new cases says."""
        chosen = self._policies.choices(creditor).get("")
        return chosen.work_order if chosen else WORK_ORDER

    def page(self, wanted: WorklistFilter) -> WorklistPage:
        """Show one page of the worklist."""
        found = self._store.page(wanted)
        is_last = len(found) < wanted.limit
        rows = found if is_last else found[:-1]
        return WorklistPage(rows=rows, after=None if is_last else _place(rows[-1], wanted.order))

    def snooze(self, creditor: str, customer: str, until: datetime | None, by: str) -> None:
        """Hide a customer until an instant, or show it again at once.

        Raises:
            DomainError: if that instant has passed.
            NotKnownError: if there is no such customer on the list.
        """
        if until is not None and until <= self._clock():
            raise DomainError("choose a day that is still to come", field="until")
        if not self._store.snooze(creditor, customer, until, by):
            raise NotKnownError(Sought.CUSTOMER, f"{customer} is on no list of {creditor}")

    def waiting(self, creditor: str) -> Mapping[str, int]:
        """Count what waits for people, by kind of task, so many at most of each."""
        return self._store.waiting(creditor)


def _place(row: WorklistRow, order: WorklistOrder) -> tuple[int, str]:
    points = {
        WorklistOrder.SCORE: row.points.score,
        WorklistOrder.MONEY: row.points.money,
        WorklistOrder.DAYS: row.points.days,
    }
    return points[order], row.customer
