"""Queries about cases that need attention: without a run, not woken, in flight for too long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Engine, Select, exists, func, select, update

from adapters.ledger.core.engine import reading
from adapters.ledger.core.sql import locking
from adapters.ledger.tables.cases import NOT_YET_SEEN, case_file, message
from adapters.ledger.tables.outbound import outbound_item, outbound_message
from adapters.ledger.tables.people import account
from domain.message_types import OUTGOING

_C = case_file.c
_AT_ONCE = timedelta()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stale:
    """A message that has been in flight for long: its sender crashed and nobody took over."""

    case_id: str
    step: str
    episode: int
    message_id: str
    channel: str
    age: timedelta


def running(engine: Engine, after: str = "", limit: int = 1000) -> tuple[str, ...]:
    """List cases that must have a run (not ended, not parked), by id, a page at a time."""
    query = select(_C.case_id).where(_has_a_run(), _C.case_id > after)
    return _ids(engine, query.order_by(_C.case_id).limit(limit))


def count_running(engine: Engine) -> int:
    """Count cases that must have a run; those that were never decided are among them."""
    query = select(func.count()).select_from(case_file).where(_C.outcome == "", ~_C.parked)
    with reading(engine) as connection:
        return int(connection.execute(query).scalar_one())


def opened_since(engine: Engine, since: datetime, limit: int) -> tuple[str, ...]:
    """List cases that must have a run and were opened since an instant, the oldest first."""
    query = select(_C.case_id).where(_has_a_run(), _C.recorded_at > since)
    return _ids(engine, query.order_by(_C.recorded_at).limit(limit))


def sleepers(engine: Engine, now: datetime, limit: int = 1000) -> tuple[str, ...]:
    """List cases whose next instant has passed without a deed, longest overdue first."""
    late = select(_C.case_id).where(_has_a_run(), _C.next_at < now)
    return _ids(engine, late.order_by(_C.next_at).limit(limit))


def unwoken(engine: Engine, older_than: timedelta = _AT_ONCE, limit: int = 1000) -> tuple[str, ...]:
    """List cases, ended ones too, with a message that their last decision had not seen."""
    unseen = exists().where(NOT_YET_SEEN, _aged(message, older_than))
    query = select(_C.case_id).where(~_C.parked, unseen)
    return _ids(engine, query.order_by(_C.case_id).limit(limit))


def half_opened(
    engine: Engine, older_than: timedelta = _AT_ONCE, limit: int = 1000
) -> tuple[str, ...]:
    """List cases that were opened and never got their first decision."""
    query = select(_C.case_id).where(
        _C.decision.is_(None), ~_C.parked, _aged(case_file, older_than)
    )
    return _ids(engine, query.order_by(_C.case_id).limit(limit))


def outgoing(engine: Engine, until: datetime) -> tuple[str, ...]:
    """List cases whose next deed goes to the debtor or the agency, up to an instant."""
    query = select(_C.case_id).where(
        _has_a_run(), _C.next_at <= until, _C.next_do.in_([do.value for do in OUTGOING])
    )
    return _ids(engine, query.order_by(_C.next_at, _C.case_id))


def parked(engine: Engine, creditor: str = "") -> tuple[str, ...]:
    """List parked cases."""
    query = select(_C.case_id).where(_C.parked)
    if creditor:
        query = query.where(_C.creditor == creditor)
    return _ids(engine, query.order_by(_C.case_id))


def set_parked(engine: Engine, case_id: str, *, on: bool) -> bool:
    """Park a case or take it up again, under its account's lock; False if there is none.

    Raises:
        BusyError: if somebody held the account for half a minute.
    """
    mine = (account.c.creditor == _C.creditor) & (account.c.customer == _C.customer)
    lock = select(account.c.customer).join(case_file, mine).where(_C.case_id == case_id)
    change = update(case_file).where(_C.case_id == case_id).values(parked=on)
    with engine.begin() as connection:
        with locking():
            connection.execute(lock.with_for_update(of=account))
        return connection.execute(change.returning(_C.case_id)).first() is not None


def stale_in_flight(engine: Engine, older_than: timedelta) -> tuple[Stale, ...]:
    """List messages in flight for longer than that, by the database's clock, oldest first."""
    i, m = outbound_item.c, outbound_message.c
    age = func.clock_timestamp() - m.in_flight_since
    query = (
        select(i.case_id, i.step, i.episode, i.message_id, m.channel, age.label("age"))
        .join(outbound_message, m.id == i.message_id)
        .where(m.state == "in_flight", age >= older_than)
        .order_by(m.in_flight_since)
    )
    with reading(engine) as connection:
        return tuple(Stale(**row) for row in connection.execute(query).mappings())


def _has_a_run() -> ColumnElement[bool]:
    return (_C.outcome == "") & ~_C.parked & _C.decision.is_not(None)


def _aged(table: Any, older_than: timedelta) -> ColumnElement[bool]:
    recorded: ColumnElement[bool] = table.c.recorded_at <= func.clock_timestamp() - older_than
    return recorded


def _ids(engine: Engine, query: Select[str]) -> tuple[str, ...]:
    with reading(engine) as connection:
        return tuple(connection.execute(query).scalars())
