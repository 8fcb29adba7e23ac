"""SQL that all parts share: adding rows once, and waiting for a lock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ClauseElement,
    Column,
    ColumnElement,
    Connection,
    Table,
    any_,
    bindparam,
    literal,
)
from sqlalchemy.dialects.postgresql import ARRAY, TEXT, insert
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.sql.dml import ReturningInsert

from activities.ports.types import BusyError

_NOT_NOW = {"55P03", "40P01"}
"""Lock not available (at once, or in time), and deadlock."""

_READ_ONLY = "25006"
"""Read-only transaction: a standby, or a server whose disk somebody protects."""


def added(connection: Connection, table: Table, **values: object) -> bool:
    """Add a row unless its key is there; answers whether it was added.

    Asked by RETURNING: the row count of ON CONFLICT DO NOTHING is -1 under this driver.
    """
    if any(isinstance(value, ClauseElement) for value in values.values()):
        return connection.execute(_adding(table).values(**values)).first() is not None
    return connection.execute(_adding(table), values).first() is not None


@cache
def _adding(table: Table) -> ReturningInsert[Any]:
    """The statement, put together once: that costs more than carrying it out."""
    return insert(table).on_conflict_do_nothing().returning(*table.primary_key)


def among(column: Column[str], values: Sequence[str]) -> ColumnElement[bool]:
    """Make the condition that a text is one of many, as one array and so one parameter."""
    return column == any_(literal(list(values), ARRAY(TEXT)))


def among_given(column: Column[str], name: str) -> ColumnElement[bool]:
    """Make the same condition of a parameter, for a statement that is put together once."""
    return column == any_(bindparam(name, type_=ARRAY(TEXT)))


@contextmanager
def locking() -> Iterator[None]:
    """Turn a lock that could not be had into a BusyError.

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
    """Tell whether an error says that the ledger cannot be asked, or cannot be written to, now."""
    if isinstance(error, DBAPIError):
        if getattr(error.orig, "sqlstate", None) == _READ_ONLY:
            return True
        return error.connection_invalidated or isinstance(error, OperationalError | InterfaceError)
    return isinstance(error, PoolTimeoutError)


def uuid_of(message_id: str) -> str | None:
    """Normalise a message id as the ledger writes it; None if it cannot be one of ours."""
    try:
        return str(UUID(message_id))
    except ValueError:
        return None
