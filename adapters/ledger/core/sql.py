"""How rows are added, once, and how waiting for a lock ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Connection, Table, any_, literal
from sqlalchemy.dialects.postgresql import ARRAY, TEXT, insert
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from activities.ports.types import BusyError

_NOT_NOW = {"55P03", "40P01"}
"""Lock not available (at once, or in time), and deadlock."""


def added(connection: Connection, table: Table, **values: object) -> bool:
    """Add a row unless its key is there; whether it was added.

    Asked by RETURNING: the row count of ON CONFLICT DO NOTHING is -1 under this driver.
    """
    row = insert(table).values(**values).on_conflict_do_nothing()
    return connection.execute(row.returning(*table.primary_key)).first() is not None


def among(column: Column[str], values: Sequence[str]) -> ColumnElement[bool]:
    """Whether a text is one of many: as one array, so that thousands are one parameter."""
    return column == any_(literal(list(values), ARRAY(TEXT)))


@contextmanager
def locking() -> Iterator[None]:
    """Turns a lock that was not to be had into words for whoever wanted it.

    Raises:
        BusyError: if somebody else holds it.
    """
    try:
        yield
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) in _NOT_NOW:
            raise BusyError("somebody else holds this account; come back in a moment") from None
        raise


def out_of_reach(error: BaseException) -> bool:
    """Whether an error says that the ledger cannot be asked now, not that something is wrong."""
    if isinstance(error, DBAPIError):
        return error.connection_invalidated or isinstance(error, OperationalError | InterfaceError)
    return isinstance(error, PoolTimeoutError)


def uuid_of(message_id: str) -> str | None:
    """An id as the ledger writes it; None if it cannot be one of ours."""
    try:
        return str(UUID(message_id))
    except ValueError:
        return None
