"""Domain events for other systems: kept with the deed itself, and queued for endpoints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Executable, Select, Text, bindparam, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY, insert

from activities.ports.events import DomainEvent
from adapters.ledger.tables.webhooks import event, webhook_delivery, webhook_endpoint

_E = webhook_endpoint.c
_COLUMNS = ("id", "creditor", "customer", "case_id", "kind", "at", "data")
_GIVEN: dict[str, Any] = {name: bindparam(name) for name in _COLUMNS}
_QUEUE = ("happening", "creditor", "endpoint")


def _waiting(told: Any) -> Select[tuple[str, str, str]]:
    """Pair each of these events with each endpoint that asked for it."""
    wanted = (func.cardinality(_E.kinds) == 0) | (told.kind == func.any(_E.kinds))
    listens = (_E.creditor == told.creditor) & wanted
    return select(told.id, _E.creditor, _E.name).join(webhook_endpoint, listens)


def _announcing() -> Executable:
    """One statement, so that nothing is told that did not happen, and nothing happens untold."""
    new = insert(event).values(**_GIVEN).on_conflict_do_nothing()
    known = new.returning(event.c.id, event.c.creditor, event.c.kind).cte("known")
    queued = insert(webhook_delivery).from_select(_QUEUE, _waiting(known.c)).cte("queued")
    return select(known.c.id).add_cte(queued)


_ANNOUNCE = _announcing()


def insert_event(connection: Connection, told: DomainEvent) -> bool:
    """Keep an event once per id, and queue it for its creditor's endpoints; False if known."""
    return connection.execute(_ANNOUNCE, _row(told)).first() is not None


def announce_many(connection: Connection, told: Sequence[DomainEvent]) -> None:
    """Keep and queue many events that are all new."""
    if not told:
        return
    new = insert(event).on_conflict_do_nothing()
    connection.execute(new, [_row(one) for one in told])
    mine = event.c.id == func.any(literal([one.id for one in told], ARRAY(Text)))
    queued = _waiting(event.c).where(mine)
    connection.execute(insert(webhook_delivery).from_select(_QUEUE, queued))


def _row(told: DomainEvent) -> dict[str, Any]:
    return {
        "id": told.id,
        "creditor": told.creditor,
        "customer": told.customer,
        "case_id": told.case,
        "kind": told.kind,
        "at": told.at,
        "data": dict(told.data),
    }
