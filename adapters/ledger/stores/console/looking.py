"""The timeline, notes and the search, in PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Engine, insert

from activities.ports.stores.console.looking import SearchResult, TimelineEntry
from adapters.ledger.console import search
from adapters.ledger.console.timeline import customer_timeline
from adapters.ledger.tables.console import note


class SqlLookingStore:
    """The timeline, notes and the search, each of one creditor."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def timeline(
        self, creditor: str, customer: str, before: datetime | None, limit: int
    ) -> tuple[TimelineEntry, ...]:
        """Read what happened with a customer, newest first, before an instant."""
        return customer_timeline(self._engine, creditor, customer, before, limit)

    def add_note(self, creditor: str, customer: str, case_id: str, said: str, by: str) -> None:
        """Keep a note about a customer, or about one invoice of theirs."""
        whose = {"creditor": creditor, "customer": customer, "case_id": case_id}
        with self._engine.begin() as connection:
            connection.execute(insert(note).values(**whose, said=said, by_whom=by))

    def search(self, creditor: str, words: str, minors: Mapping[str, int]) -> SearchResult:
        """Find customers by name or id, invoices by number or by an amount per currency."""
        return search.search_ledger(self._engine, creditor, words, minors)

    def currencies(self, creditor: str) -> tuple[str, ...]:
        """List the currencies of a creditor's invoices."""
        return search.currencies_of(self._engine, creditor)
