"""Brings the ledger's tables up to date, from the installed package, without any ini file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, NullPool, create_engine, event

from adapters.ledger.core.engine import ledger_url
from adapters.ledger.core.errors import without_rows
from adapters.ledger.core.readiness import migrations
from adapters.ledger.tables import METADATA

_ONE_AT_A_TIME = 4_160_131
"""Key of the advisory lock: of two processes that start together, one migrates."""

_PATIENCE = "10s"
"""How long a migration waits for a table before it gives up."""


def upgrade(url: str) -> None:
    """Make or update all tables; harmless when nothing is to be done."""
    with _migrating(url) as connection:
        command.upgrade(_config(connection), "head")


@contextmanager
def _migrating(url: str) -> Iterator[Connection]:
    """The one transaction that migrates just now; it waits for no table longer than it may.

    Whoever waits for a table's lock is waited for by all who come after: better to give up and
    try again than to hold up a ledger at work.
    """
    with _connected(url) as connection:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ONE_AT_A_TIME})")
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_PATIENCE}'")
        yield connection


def check_schema(url: str) -> None:
    """Compare tables in code and database; raises if a migration was forgotten."""
    with _connected(url) as connection:
        command.check(_config(connection))


def _connected(url: str) -> AbstractContextManager[Connection]:
    engine = create_engine(ledger_url(url), poolclass=NullPool, hide_parameters=True)
    event.listen(engine, "handle_error", without_rows)
    return engine.begin()


def _config(connection: Connection | None) -> Config:
    config = Config(stdout=io.StringIO())
    config.set_main_option("script_location", str(migrations()).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes.update(connection=connection, metadata=METADATA)
    return config
