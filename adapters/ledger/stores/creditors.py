"""Creditors in PostgreSQL."""

from __future__ import annotations

from sqlalchemy import Engine

from adapters.ledger.customers import people
from domain.parties.people import Creditor


class SqlCreditorStore:
    """The companies that are owed."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def put(self, company: Creditor) -> None:
        """Add a creditor, or replace what is known about it."""
        people.upsert_creditor(self._engine, company)

    def creditor(self, creditor_id: str) -> Creditor | None:
        """Read a creditor; None if it was never described."""
        return people.get_creditor(self._engine, creditor_id)
