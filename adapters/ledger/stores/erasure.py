"""Erasing a person's data in PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Engine

from activities.ports.stores.customers import CustomerExport, Erased
from adapters.ledger.erasure import erasure, exporting
from adapters.ledger.erasure.archive import SqlArchive
from adapters.ledger.erasure.retention import SqlRetentionStore


class SqlErasureStore:
    """Persons whose data was exported or erased."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.rules = SqlRetentionStore(engine)
        self.archive = SqlArchive(engine)

    def export(self, creditor: str, customer: str) -> CustomerExport:
        """Read everything that is kept about a customer, in one instant.

        Raises:
            LookupError: if there is no such customer.
        """
        return exporting.export_customer(self._engine, creditor, customer)

    def obstacles(self, creditor: str, customer: str) -> tuple[str, ...]:
        """Say in words why a customer cannot be erased yet, if anything stands in the way."""
        return erasure.obstacles(self._engine, creditor, customer)

    def erase(self, creditor: str, customer: str, *, by: str, why: str) -> Erased:
        """Empty everything personal about a customer; again, it empties what came in since.

        Raises:
            LookupError: if there is no such customer.
            ConflictError: while there is something to collect or on its way.
            BusyError: if somebody held the account for half a minute.
        """
        return erasure.erase_customer(self._engine, creditor, customer, by=by, why=why)

    def erased(self, creditor: str, customers: Iterable[str]) -> dict[str, datetime]:
        """List those of these customers whose person was erased, and since when (UTC)."""
        return erasure.erased(self._engine, creditor, customers)

    def take_up_again(self, creditor: str, customer: str, *, by: str, why: str) -> bool:
        """Let contact data be known again for a customer who was erased; False if none was."""
        return erasure.take_up_again(self._engine, creditor, customer, by=by, why=why)
