"""The switch that stops everything that would go out, for all or for one creditor."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Engine, delete, exists, literal, select
from sqlalchemy.dialects.postgresql import insert

from activities.ports.stores.holds import EVERYONE, Hold
from adapters.ledger.cases.messages import nudge_row
from adapters.ledger.core.engine import reading
from adapters.ledger.core.sql import added, among
from adapters.ledger.tables.cases import case_file, message
from adapters.ledger.tables.desk import hold
from domain.case.model import Message
from domain.message_types import OUTGOING

_C = case_file.c
_C_OF_MESSAGE = message.c.case_id

LIVE = "(live)"
"""No hold at all: kept in the same table once a person has agreed that messages really leave."""


def set_hold(engine: Engine, scope: str = EVERYONE, *, on: bool, by: str = "") -> bool:
    """Stop or release everything, or one creditor's; False if it was so already."""
    with engine.begin() as connection:
        if on:
            return added(connection, hold, scope=scope, by_whom=by)
        gone = delete(hold).where(hold.c.scope == scope).returning(hold.c.scope)
        return connection.execute(gone).first() is not None


def end_hold(engine: Engine, scope: str, until: datetime, told: Message) -> tuple[str, ...] | None:
    """End a hold, and mark the cases that wait because of it, in one transaction.

    What they would send is planned up to an instant; a marked case is behind its ledger, so whoever
    is not woken at once is woken by the reconciler. Answers their ids, longest due first; None if
    nothing was on hold.
    """
    with engine.begin() as connection:
        gone = delete(hold).where(hold.c.scope == scope).returning(hold.c.scope)
        if connection.execute(gone).first() is None:
            return None
        mine = (_C.creditor == scope) | literal(scope == EVERYONE)
        waits = mine & _C.next_do.in_([do.value for do in OUTGOING]) & (_C.next_at <= until)
        lives = (_C.outcome == "") & ~_C.parked & ~held(_C.creditor)
        given = nudge_row(told)
        values = (literal(value, message.c[name].type) for name, value in given.items())
        rows = select(_C.case_id, *values).where(waits, lives)
        new = insert(message).from_select(["case_id", *given], rows).on_conflict_do_nothing()
        marked = connection.execute(new.returning(_C_OF_MESSAGE)).scalars().all()
        due = select(_C.case_id).where(among(_C.case_id, marked))
        return tuple(connection.execute(due.order_by(_C.next_at, _C.case_id)).scalars())


def is_held(engine: Engine, creditor: str = EVERYONE) -> bool:
    """Tell whether nothing goes out for a creditor now."""
    with reading(engine) as connection:
        return bool(connection.execute(select(held(creditor))).scalar_one())


def agreed_to_live(engine: Engine) -> bool:
    """Tell whether a person has agreed that messages really leave this installation."""
    with reading(engine) as connection:
        query = select(exists().where(hold.c.scope == LIVE))
        return bool(connection.execute(query).scalar_one())


def agree_to_live(engine: Engine, by: str) -> None:
    """Remember who agreed that messages really leave this installation."""
    with engine.begin() as connection:
        added(connection, hold, scope=LIVE, by_whom=by)


def holds(engine: Engine) -> tuple[Hold, ...]:
    """List everything that is stopped now."""
    query = select(hold).where(hold.c.scope != LIVE).order_by(hold.c.since)
    with reading(engine) as connection:
        rows = connection.execute(query).mappings()
        return tuple(Hold(scope=r["scope"], since=r["since"], by=r["by_whom"]) for r in rows)


def held(creditor: str | ColumnElement[str]) -> ColumnElement[bool]:
    """Make the condition of a query: whether a creditor is on hold."""
    return exists(
        select(hold.c.scope).where((hold.c.scope == EVERYONE) | (hold.c.scope == creditor))
    )
