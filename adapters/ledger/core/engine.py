"""Connections to the ledger: bounded waits, checked before use, always in UTC."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from adapters.config.environment import SettingsError
from adapters.ledger.core.cursors import LazyCursor
from adapters.ledger.core.errors import without_rows
from adapters.runtime.tracing import trace_transactions

__all__ = ["Engine", "ledger_url", "make_engine", "reading", "snapshot"]

_IS_POOLED = "amicable_pooled"

_OPTIONS = {
    "timezone": "UTC",
    "lock_timeout": "30s",  # a payment waits for a sender, whose call ends after 10 s
    "statement_timeout": "60s",
    "idle_in_transaction_session_timeout": "60s",  # a frozen worker must not keep an account
}


_POOLER = "pgbouncer"
"""In the address, ``?pgbouncer=true``: transactions of one client meet ever other sessions."""


def ledger_url(url: str) -> URL:
    """Complete the address with our driver, whichever spelling of ``postgresql://`` was given.

    Raises:
        SettingsError: if it is no address of a PostgreSQL.
    """
    whole = _parsed(url).set(drivername="postgresql+psycopg")
    return whole.difference_update_query([_POOLER])


def is_pooled(url: str) -> bool:
    """Tell whether the address is a PgBouncer's in transaction mode, as it says itself."""
    return _parsed(url).query.get(_POOLER) == "true"


def _parsed(url: str) -> URL:
    try:
        found = make_url(url)
    except (ArgumentError, ValueError):  # neither may be quoted: a password may stand in it
        found = None
    if found is None or not found.drivername.startswith("postgres"):
        form = "write it like postgresql://user@host:5432/database"
        raise SettingsError(f"AMICABLE_DATABASE_URL is no address of a PostgreSQL; {form}")
    return found


def make_engine(url: str, pool_size: int = 20, patience: str = "") -> Engine:
    """Make a process's connections; ``pool_size`` is at least the number of its activity slots.

    ``patience`` is how long it waits for a lock, where that is another time than usual.

    Session settings travel with the connection itself: a ``SET`` as a statement would open the
    transaction early, and what looks like a commit would only end a savepoint. Behind PgBouncer a
    session is another one in each transaction: there each transaction begins with its settings,
    and nothing is prepared on the server.
    """
    chosen = _OPTIONS | ({"lock_timeout": patience} if patience else {})
    pooled = is_pooled(url)
    options = " ".join(f"-c {name}={value}" for name, value in chosen.items())
    of_the_session = {"prepare_threshold": None} if pooled else {"options": options}
    engine = create_engine(
        ledger_url(url),
        hide_parameters=True,
        pool_size=pool_size,
        max_overflow=4,
        pool_timeout=30,
        execution_options={_IS_POOLED: pooled},
        connect_args={
            **of_the_session,
            "connect_timeout": 10,
            "application_name": "amicable",
            "cursor_factory": LazyCursor,
        },
    )
    event.listen(engine, "handle_error", without_rows)
    trace_transactions(engine)
    _check_what_has_rested(engine)
    if pooled:
        event.listen(engine, "begin", _settings_of(chosen))
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Open a connection that only looks, statement by statement: none waits for a transaction.

    Nor does one end by a rollback, after which the driver forgets what it has prepared. Behind
    PgBouncer a transaction is needed for the session's settings.
    """
    pooled = engine.get_execution_options().get(_IS_POOLED, True)
    with engine.connect() as connection:
        if not pooled:
            connection.execution_options(isolation_level="AUTOCOMMIT")
        yield connection


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """Open a connection that looks at one instant, whatever is committed meanwhile.

    It ends with a commit, though nothing was written: after a rollback the driver forgets what it
    has prepared, and each statement is planned anew. Of a look at a case that was three quarters.
    """
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        yield connection
        connection.commit()


_RESTED = 1.0
"""Seconds without use after which a connection is asked whether it lives before it is used."""


def _check_what_has_rested(engine: Engine) -> None:
    """Ask a connection first whether it lives, unless it was used just now: each ask is a trip."""

    def checked_in(_connection: object, record: ConnectionPoolEntry) -> None:
        record.info["used"] = monotonic()

    def checked_out(connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:
        if monotonic() - record.info.get("used", monotonic()) < _RESTED:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError("the connection has died while it rested") from error

    event.listen(engine, "checkin", checked_in)
    event.listen(engine, "checkout", checked_out)


def _settings_of(chosen: dict[str, str]) -> Callable[[Connection], None]:
    """Make what a transaction begins with: its settings, in one statement, for itself alone."""
    settings = "; ".join(f"SET LOCAL {name} = '{value}'" for name, value in chosen.items())

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(settings)

    return begin
