"""The service for the worklist: whom to look after first, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

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
from domain.history.urgency import STANDING_STILL, Urgency, urgency
from domain.policy.work_order import WORK_ORDER, WorkOrder

_TRIES = 5
"""How often points are reckoned again that somebody else changed meanwhile."""

_NEWS_WAITS = timedelta(days=7)
"""News that no worker heard for so long are not waited for any more."""

_MOST_FOLDED = 200
"""Customers of one round whose cases are read whole; the points of the others stay."""


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
        changed = 0
        some: tuple[str, ...] | None = None
        for _ in range(_TRIES):
            before = self._store.points(creditor, some)
            after = self._points_of_all(creditor, some, before)
            some = self._store.keep(creditor, before, after)
            changed += sum(before.get(one) != new for one, new in after.items()) - len(some)
            if not some:
                break
        return changed

    def refresh_customer(self, creditor: str, customer: str) -> None:
        """Give one customer points anew, by how the cases stand now and not when last decided."""
        for _ in range(_TRIES):
            before = self._store.points(creditor, [customer])
            after = _with_those_at_zero(before, self._points_now(creditor, customer))
            if not self._store.keep(creditor, before, after):
                break

    def refresh_all(self) -> int:
        """Give the customers of every creditor their points anew; answers how many changed."""
        return sum(self.refresh(creditor) for creditor in self._store.creditors())

    def _points_of_all(
        self, creditor: str, some: Sequence[str] | None, before: Mapping[str, Urgency]
    ) -> Mapping[str, Urgency]:
        """Reckon by the last decisions; where those do not know everything, by how cases stand."""
        news = self._store.with_news(creditor, self._clock() - _NEWS_WAITS)
        found = _with_those_at_zero(before, self._points(creditor, some))
        after = {customer: new for customer, new in found.items() if customer not in news}
        for customer in sorted(news & found.keys())[:_MOST_FOLDED]:
            after |= _with_those_at_zero([customer], self._points_now(creditor, customer))
        return after

    def _points_now(self, creditor: str, customer: str) -> Mapping[str, Urgency]:
        now = self._clock()
        states = [case_state(file, now) for file in self._cases.open_files(creditor, customer)]
        asked = {
            one.invoice.case_id: stage_of(one.case, one.calendar, now) not in STANDING_STILL
            for one in states
        }
        return self._points(creditor, [customer], asked)

    def _points(
        self,
        creditor: str,
        customers: Sequence[str] | None,
        asked: Mapping[str, bool] | None = None,
    ) -> Mapping[str, Urgency]:
        now = self._clock()
        facts = self._store.facts(creditor, now.date(), customers, asked)
        order = self.order_of(creditor)
        return {customer: urgency(known, now, order) for customer, known in facts.items()}

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


def _with_those_at_zero(known: Iterable[str], points: Mapping[str, Urgency]) -> dict[str, Urgency]:
    """Let customers for whom there are no points any more fall to zero."""
    return {**dict.fromkeys(known, Urgency()), **points}


def _place(row: WorklistRow, order: WorklistOrder) -> tuple[int, str]:
    points = {
        WorklistOrder.SCORE: row.points.score,
        WorklistOrder.MONEY: row.points.money,
        WorklistOrder.DAYS: row.points.days,
    }
    return points[order], row.customer
