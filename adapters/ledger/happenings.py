"""What happened, for other systems: kept with the deed itself, and queued for who listens."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Executable, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert

from activities.happenings import Happening
from adapters.ledger.tables.webhooks import happening, webhook_delivery, webhook_endpoint

_E = webhook_endpoint.c


def _announcing() -> Executable:
    """One statement, so that nothing is told that did not happen, and nothing happens untold."""
    names = ("id", "creditor", "customer", "case_id", "kind", "at", "data")
    given: dict[str, Any] = {name: bindparam(name) for name in names}
    new = insert(happening).values(**given).on_conflict_do_nothing()
    added = new.returning(happening.c.id, happening.c.creditor, happening.c.kind).cte("added")
    listens = (_E.creditor == added.c.creditor) & (
        (func.cardinality(_E.kinds) == 0) | (added.c.kind == func.any(_E.kinds))
    )
    due = select(added.c.id, _E.creditor, _E.name).join(webhook_endpoint, listens)
    columns = [webhook_delivery.c[name] for name in ("happening", "creditor", "endpoint")]
    queued = insert(webhook_delivery).from_select(columns, due).cte("queued")
    return select(added.c.id).add_cte(queued)


_ANNOUNCE = _announcing()


def announce(connection: Connection, told: Happening) -> bool:
    """Keep a happening once per id, and queue it for its creditor's endpoints; False if known."""
    return connection.execute(_ANNOUNCE, _row(told)).first() is not None


def _row(told: Happening) -> dict[str, Any]:
    return {
        "id": told.id,
        "creditor": told.creditor,
        "customer": told.customer,
        "case_id": told.case,
        "kind": told.kind,
        "at": told.at,
        "data": dict(told.data),
    }
