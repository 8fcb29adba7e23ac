"""Checks whether the ledger can be used: reachable, and with the tables of this version."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.exc import ProgrammingError, SQLAlchemyError

from adapters.ledger.core.engine import reading


class LedgerState(StrEnum):
    """How a ledger stands."""

    READY = "ready"
    UNREACHABLE = "unreachable"
    OTHER_VERSION = "other_version"


@dataclass(frozen=True, slots=True)
class Readiness:
    """The state of the ledger, and in words why it cannot be used."""

    state: LedgerState
    text: str

    @property
    def ok(self) -> bool:
        """Whether it can be used."""
        return self.state is LedgerState.READY


def ready(engine: Engine) -> Readiness:
    """Tell whether the ledger is reachable and its tables are those of this version."""
    wanted = newest_version()
    where = f"the ledger at {engine.url.render_as_string(hide_password=True)}"
    try:
        found = _version(engine)
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        return Readiness(LedgerState.UNREACHABLE, f"{where} cannot be reached: {reason}")
    if found != wanted:
        told = f"{where} is at {found or 'nothing'}, not {wanted}"
        return Readiness(LedgerState.OTHER_VERSION, told)
    return Readiness(LedgerState.READY, f"{where} is up to date ({wanted})")


def newest_version() -> str:
    """Find the version of the last migration by the names of their files, without loading them."""
    names = sorted(path.name for path in (migrations() / "versions").glob("v[0-9]*_*.py"))
    return names[-1].partition("_")[0].removeprefix("v")


def migrations() -> Path:
    """The folder of the migrations.

    Raises:
        RuntimeError: if it was not installed.
    """
    spec = importlib.util.find_spec("infra")
    if spec is None or spec.origin is None:
        raise RuntimeError("the package `infra` with the migrations is missing: install amicable")
    return Path(spec.origin).parent / "migrations"


def _version(engine: Engine) -> str | None:
    """The version that the ledger says it has; None where there is no ledger yet."""
    with reading(engine) as connection:
        try:
            found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        except ProgrammingError:  # there is no such table
            return None
    return found
