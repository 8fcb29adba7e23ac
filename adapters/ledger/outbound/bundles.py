"""The steps that a message carries: put into it and taken out again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    exists,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.dialects.postgresql import insert as upsert

from activities.ports.types import Carried, Outbound, OutboundState
from adapters.ledger.tables.cases import case_file
from adapters.ledger.tables.outbound import outbound_item, outbound_message
from domain.message_types import ActionType

_C, _I, _M = case_file.c, outbound_item.c, outbound_message.c
_CARRIED = (
    select(_I.case_id, _I.step, _I.episode)
    .where(_I.message_id == bindparam("message"))
    .order_by(_I.case_id)
)
_ITEM = upsert(outbound_item)
_CARRY = _ITEM.on_conflict_do_update(
    index_elements=["case_id", "step", "episode"],
    set_={"message_id": _ITEM.excluded.message_id},
)
_MOVE = update(outbound_item).where(
    _I.case_id == bindparam("c"), _I.step == bindparam("s"), _I.episode == bindparam("e")
)


def carried(connection: Connection, message_id: str) -> tuple[Carried, ...]:
    """List the steps that a message speaks of, by case id."""
    rows = connection.execute(_CARRIED, {"message": message_id})
    return tuple(Carried(case=r.case_id, step=r.step, episode=r.episode) for r in rows)


def carry(
    connection: Connection, flown: Outbound, steps: Sequence[Carried], *, is_new: bool = False
) -> None:
    """Replace the steps that a message speaks of; a new one speaks of none yet."""
    if not is_new:
        wanted = set(steps)
        set_aside(connection, flown, [c for c in carried(connection, flown.id) if c not in wanted])
    connection.execute(_CARRY, [_row(step, flown.id) for step in steps])


def set_aside(connection: Connection, flown: Outbound, steps: Iterable[Carried]) -> None:
    """Move steps from a message into a new one, which knows what was tried."""
    given = [{"c": step.case, "s": step.step, "e": step.episode} for step in steps]
    if not given:
        return
    fresh = str(uuid4())
    new = (
        literal(fresh, _M.id.type),
        _M.creditor,
        _M.customer,
        literal("new"),
        literal(0),
        _M.tried,
    )
    like = select(*new).where(_M.id == flown.id)
    names = ["id", "creditor", "customer", "state", "attempt", "tried"]
    connection.execute(insert(outbound_message).from_select(names, like))
    connection.execute(_MOVE.values(message_id=fresh), given)


def wanting(
    creditor: str, customer: str, case_id: str, kinds: tuple[ActionType, ...]
) -> ColumnElement[bool]:
    """Make the condition of the other cases of an account whose next deed is of some kinds."""
    wants = _C.next_do.in_([do.value for do in kinds])
    lives = and_(_C.outcome == "", ~_C.parked, _C.case_id != case_id)
    return and_(_C.creditor == creditor, _C.customer == customer, wants, lives)


def due_with(wanted: ColumnElement[bool], until: datetime, tried: tuple[str, ...]) -> Select[str]:
    """Select those of the wanted cases whose deed may be done up to an instant."""
    known = literal(list(tried), ARRAY(TEXT))
    elsewhere = exists().where(
        _I.case_id == _C.case_id,
        _I.step == _C.next_step,
        _I.episode == _C.episode,
        _M.id == _I.message_id,
        or_(_M.state != OutboundState.NEW, ~known.contains(_M.tried)),
    )
    query = select(_C.case_id).where(wanted, _C.next_at <= until, ~elsewhere)
    return query.order_by(_C.due, _C.case_id)


def _row(step: Carried, message_id: str) -> dict[str, object]:
    return {
        "case_id": step.case,
        "step": step.step,
        "episode": step.episode,
        "message_id": message_id,
    }
