"""The service that tells how an installation runs, before and while messages leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from activities.ports.clock import Clock
from activities.ports.stores.console.running import (
    FailingPart,
    LeavingCustomer,
    LeavingTotal,
    RunningStore,
    SilentProvider,
    StandingCaseTrouble,
)
from domain.errors import DomainError
from domain.ids import CaseId

CUSTOMERS_SHOWN = 200

_SOON = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeavingSoon:
    """What leaves within a day: in total, and by customer.

    Attributes:
        is_all: whether these are all customers for whom anything leaves.
    """

    totals: tuple[LeavingTotal, ...]
    customers: tuple[LeavingCustomer, ...]
    is_all: bool

    @property
    def messages(self) -> int:
        """All messages and handoffs together."""
        return sum(one.messages for one in self.totals)


class RunningService:
    """Tells what leaves, what is stuck, and what fails."""

    def __init__(self, store: RunningStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def leaving(self, creditor: str) -> LeavingSoon:
        """Add up what leaves within a day."""
        until = self._clock() + _SOON
        found = self._store.leaving_customers(creditor, until, CUSTOMERS_SHOWN + 1)
        return LeavingSoon(
            totals=self._store.leaving_totals(creditor, until),
            customers=found[:CUSTOMERS_SHOWN],
            is_all=len(found) <= CUSTOMERS_SHOWN,
        )

    def stuck(self, creditor: str) -> tuple[StandingCaseTrouble, ...]:
        """List the cases of a creditor that do not go on."""
        return tuple(one for one in self._store.stuck() if _is_of(one.case_id, creditor))

    def failing_parts(self) -> tuple[FailingPart, ...]:
        """List the parts of the round that failed last time; they are everybody's."""
        return self._store.failing_parts()

    def silent_providers(self) -> tuple[SilentProvider, ...]:
        """List the providers that are left alone; messages wait for them."""
        return self._store.silent_providers()


def _is_of(case_id: str, creditor: str) -> bool:
    try:
        return CaseId.parse(case_id).creditor == creditor
    except DomainError:
        return False
