"""Lists by date, in PostgreSQL."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine

from activities.ports.stores.console.standing import HeldCustomer
from adapters.ledger.console import standing
from domain.message_types import Stage


class SqlStandingStore:
    """Lists of one creditor, each by date and a page at a time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def cases(self, creditor: str, stage: Stage, after: str, limit: int) -> tuple[str, ...]:
        """List the ids of cases of a stage by when something comes next, after that case."""
        return standing.cases_in_stage(self._engine, creditor, stage, after, limit)

    def leaving(self, creditor: str, until: datetime, limit: int) -> tuple[str, ...]:
        """List the ids of cases whose next step leaves the house until an instant, by time."""
        return standing.cases_leaving(self._engine, creditor, until, limit)

    def parked(self, creditor: str, limit: int) -> tuple[str, ...]:
        """List the ids of cases whose workflow was cancelled and that nobody took up yet."""
        return standing.cases_parked(self._engine, creditor, limit)

    def held(self, creditor: str, after: str, limit: int) -> tuple[HeldCustomer, ...]:
        """List the customers whose credit is held, by id."""
        return standing.customers_held(self._engine, creditor, after, limit)
