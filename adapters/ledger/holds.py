"""The switch that stops everything that would go out, for all or for one creditor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, ColumnElement, Engine, delete, exists, select

from adapters.ledger.sql import added
from adapters.ledger.tables.desk import hold

EVERYONE = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """What is stopped (a creditor's id, or ``*``), since when (UTC), and by whom."""

    scope: str
    since: datetime
    by: str


def set_hold(engine: Engine, scope: str = EVERYONE, *, on: bool, by: str = "") -> bool:
    """Stop or release everything, or one creditor's; False if it was so already."""
    with engine.begin() as connection:
        if on:
            return added(connection, hold, scope=scope, by_whom=by)
        gone = delete(hold).where(hold.c.scope == scope).returning(hold.c.scope)
        return connection.execute(gone).first() is not None


def is_held(engine: Engine, creditor: str = EVERYONE) -> bool:
    """Whether nothing goes out for a creditor now."""
    with engine.connect() as connection:
        return bool(connection.execute(select(held(creditor))).scalar_one())


def holds(engine: Engine) -> tuple[Hold, ...]:
    """Everything that is stopped now."""
    with engine.connect() as connection:
        rows = connection.execute(select(hold).order_by(hold.c.since)).mappings()
        return tuple(Hold(scope=r["scope"], since=r["since"], by=r["by_whom"]) for r in rows)


def held(creditor: str | BindParameter[str]) -> ColumnElement[bool]:
    """The question, as a part of a query."""
    return exists(
        select(hold.c.scope).where((hold.c.scope == EVERYONE) | (hold.c.scope == creditor))
    )
