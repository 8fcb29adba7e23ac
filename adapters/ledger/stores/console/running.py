"""How an installation runs, in PostgreSQL."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine

from activities.ports.stores.console.running import (
    FailingPart,
    LeavingCustomer,
    LeavingTotal,
    SilentProvider,
    StandingCaseTrouble,
)
from activities.watching.parts import WHOLE
from adapters.ledger.console import running
from adapters.ledger.queries.rounds import SqlRoundLog
from adapters.ledger.queries.stuck import SqlStuckCases


class SqlRunningStore:
    """What the ledger knows of how an installation runs."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def leaving_customers(
        self, creditor: str, until: datetime, limit: int
    ) -> tuple[LeavingCustomer, ...]:
        """List the customers for whom something leaves, the earliest first."""
        return running.customers_leaving(self._engine, creditor, until, limit)

    def leaving_totals(self, creditor: str, until: datetime) -> tuple[LeavingTotal, ...]:
        """Add up everything that leaves."""
        return running.totals_leaving(self._engine, creditor, until)

    def stuck(self) -> tuple[StandingCaseTrouble, ...]:
        """List the cases that do not go on, the longest stuck first."""
        return tuple(
            StandingCaseTrouble(
                case_id=one.case_id, attempts=one.attempts, failure=one.failure, since=one.since
            )
            for one in SqlStuckCases(self._engine).stuck()
        )

    def failing_parts(self) -> tuple[FailingPart, ...]:
        """List the parts of the round that failed last time.

        A round that is under way counts as one that did not end: the whole fails from the second.
        """
        return tuple(
            FailingPart(
                name=one.name, ended_at=one.ended_at, failures=one.failures, failure=one.failure
            )
            for one in SqlRoundLog(self._engine).parts()
            if one.failures > (1 if one.name == WHOLE else 0)
        )

    def silent_providers(self) -> tuple[SilentProvider, ...]:
        """List the providers that are left alone."""
        return running.providers_silent(self._engine)
