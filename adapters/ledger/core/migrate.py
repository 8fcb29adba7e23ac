"""Brings the ledger's tables up to date, from the installed package, without any ini file."""

from __future__ import annotations

import io
from contextlib import AbstractContextManager

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, NullPool, create_engine, event

from adapters.ledger.core.engine import ledger_url
from adapters.ledger.core.errors import without_rows
from adapters.ledger.core.readiness import migrations
from adapters.ledger.tables import METADATA

_ONE_AT_A_TIME = 4_160_131
"""Key of the advisory lock: of two processes that start together, one migrates."""


def upgrade(url: str) -> None:
    """Make or update all tables; harmless when nothing is to be done."""
    with _connected(url) as connection:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ONE_AT_A_TIME})")
        command.upgrade(_config(connection), "head")


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
