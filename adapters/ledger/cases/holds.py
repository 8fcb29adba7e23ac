"""The switch that stops everything that would go out, for all or for one creditor."""

from __future__ import annotations

from sqlalchemy import BindParameter, ColumnElement, Engine, delete, exists, select

from activities.ports.stores.holds import EVERYONE, Hold
from adapters.ledger.core.sql import added
from adapters.ledger.tables.desk import hold

LIVE = "(live)"
"""No hold at all: kept in the same table once a person has agreed that messages really leave."""


def set_hold(engine: Engine, scope: str = EVERYONE, *, on: bool, by: str = "") -> bool:
    """Stop or release everything, or one creditor's; False if it was so already."""
    with engine.begin() as connection:
        if on:
            return added(connection, hold, scope=scope, by_whom=by)
        gone = delete(hold).where(hold.c.scope == scope).returning(hold.c.scope)
        return connection.execute(gone).first() is not None


def is_held(engine: Engine, creditor: str = EVERYONE) -> bool:
    """Tell whether nothing goes out for a creditor now."""
    with engine.connect() as connection:
        return bool(connection.execute(select(held(creditor))).scalar_one())


def agreed_to_live(engine: Engine) -> bool:
    """Tell whether a person has agreed that messages really leave this installation."""
    with engine.connect() as connection:
        query = select(exists().where(hold.c.scope == LIVE))
        return bool(connection.execute(query).scalar_one())


def agree_to_live(engine: Engine, by: str) -> None:
    """Remember who agreed that messages really leave this installation."""
    with engine.begin() as connection:
        added(connection, hold, scope=LIVE, by_whom=by)


def holds(engine: Engine) -> tuple[Hold, ...]:
    """List everything that is stopped now."""
    query = select(hold).where(hold.c.scope != LIVE).order_by(hold.c.since)
    with engine.connect() as connection:
        rows = connection.execute(query).mappings()
        return tuple(Hold(scope=r["scope"], since=r["since"], by=r["by_whom"]) for r in rows)


def held(creditor: str | BindParameter[str]) -> ColumnElement[bool]:
    """Make the condition of a query: whether a creditor is on hold."""
    return exists(
        select(hold.c.scope).where((hold.c.scope == EVERYONE) | (hold.c.scope == creditor))
    )
