"""Brings the ledger's tables up to date, from the installed package, without any ini file."""

from __future__ import annotations

import importlib.util
import io
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, NullPool, create_engine
from sqlalchemy.exc import SQLAlchemyError

from adapters.ledger.core.engine import ledger_url
from adapters.ledger.tables import METADATA

_ONE_AT_A_TIME = 4_160_131
"""Key of the advisory lock: of two processes that start together, one migrates."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether the ledger can be used, and if not, why and what to do."""

    ok: bool
    text: str


def upgrade(url: str) -> None:
    """Make or update all tables; harmless when nothing is to be done."""
    with _connected(url) as connection:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ONE_AT_A_TIME})")
        command.upgrade(_config(connection), "head")


def check_schema(url: str) -> None:
    """Compare tables in code and database; raises if a migration was forgotten."""
    with _connected(url) as connection:
        command.check(_config(connection))


def ready(engine: Engine) -> Readiness:
    """Whether the ledger is reachable and its tables are those of this version."""
    wanted = ScriptDirectory.from_config(_config(None)).get_current_head()
    where = engine.url.render_as_string(hide_password=True)
    try:
        with engine.connect() as connection:
            found = MigrationContext.configure(connection).get_current_revision()
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        return Readiness(ok=False, text=f"the ledger at {where} cannot be reached: {reason}")
    if found != wanted:
        text = f"the ledger at {where} is at {found or 'nothing'}, not {wanted}"
        return Readiness(ok=False, text=f"{text}: run `amicable migrate`")
    return Readiness(ok=True, text=f"the ledger at {where} is up to date ({wanted})")


def _connected(url: str) -> AbstractContextManager[Connection]:
    return create_engine(ledger_url(url), poolclass=NullPool).begin()


def _config(connection: Connection | None) -> Config:
    spec = importlib.util.find_spec("infra")
    if spec is None or spec.origin is None:
        raise RuntimeError("the package `infra` with the migrations is missing: install amicable")
    config = Config(stdout=io.StringIO())
    folder = Path(spec.origin).parent / "migrations"
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes.update(connection=connection, metadata=METADATA)
    return config
