"""Opens an account's pages: one transaction, one lock, committed when they are closed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, RowMapping, Select, select
from sqlalchemy.dialects.postgresql import insert

from adapters.ledger.book import SqlBook
from adapters.ledger.people import account_row
from adapters.ledger.sql import locking
from adapters.ledger.tables.cases import case_file
from adapters.ledger.tables.people import account


class SqlLedger:
    """The memory of the house, in PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def account_of(self, case_id: str) -> Iterator[SqlBook]:
        """The pages of a case's account, locked at once or not at all.

        Raises:
            BusyError: if somebody else holds the account.
            LookupError: if there is no such case.
        """
        mine = (account.c.creditor == case_file.c.creditor) & (
            account.c.customer == case_file.c.customer
        )
        row = select(account).join(case_file, mine).where(case_file.c.case_id == case_id)
        with self._engine.begin() as connection:
            found = _locked(connection, row.with_for_update(of=account, nowait=True))
            if found is None:
                raise LookupError(f"there is no case {case_id}")
            yield SqlBook(connection, found)

    @contextmanager
    def account(self, creditor: str, customer: str) -> Iterator[SqlBook]:
        """The pages of an account, made if there is none, locked after waiting for it.

        Raises:
            BusyError: if somebody held the account for half a minute.
        """
        row = account_row(creditor, customer).with_for_update()
        with self._engine.begin() as connection:
            found = _locked(connection, row)
            if found is None:
                _make(connection, creditor, customer)
                found = _locked(connection, row)
            if found is None:
                raise LookupError(f"account {creditor}/{customer} was removed while it was opened")
            yield SqlBook(connection, found)

    def customer_of(self, case_id: str) -> str | None:
        """The customer of a case, read without any lock; None if there is no such case."""
        query = select(case_file.c.customer).where(case_file.c.case_id == case_id)
        with self._engine.connect() as connection:
            return connection.execute(query).scalar_one_or_none()


def _locked(connection: Connection, query: Select[tuple[object, ...]]) -> RowMapping | None:
    with locking():
        return connection.execute(query).mappings().one_or_none()


def _make(connection: Connection, creditor: str, customer: str) -> None:
    """Somebody may be making the same account: then this waits for them, too."""
    fresh = insert(account).values(creditor=creditor, customer=customer)
    with locking():
        connection.execute(fresh.on_conflict_do_nothing())
