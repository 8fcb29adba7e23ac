"""Endpoints of other systems by creditor, and how their queues stand."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine, RowMapping, Select, and_, delete, func, or_, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from activities.ports.events import Endpoint, Place
from adapters.ledger.core.engine import reading
from adapters.ledger.tables.webhooks import event, webhook_delivery, webhook_endpoint

_D, _E, _H = webhook_delivery.c, webhook_endpoint.c, event.c


def put_endpoint(engine: Engine, new: Endpoint) -> bool:
    """Add an endpoint, or change it and switch it on again; answers whether it is new."""
    values = {"url": new.url, "kinds": list(new.kinds), "active": new.active}
    row = insert(webhook_endpoint).values(creditor=new.creditor, name=new.name, **values)
    key = [_E.creditor, _E.name]
    with engine.begin() as connection:
        known = select(_E.name).where(_E.creditor == new.creditor, _E.name == new.name)
        before = connection.execute(known).first()
        connection.execute(row.on_conflict_do_update(index_elements=key, set_=values))
    return before is None


def drop_endpoint(engine: Engine, place: Place) -> bool:
    """Forget an endpoint and its queue; False if there is none."""
    gone = delete(webhook_endpoint).where(tuple_(_E.creditor, _E.name) == place)
    with engine.begin() as connection:
        return connection.execute(gone.returning(_E.name)).first() is not None


def endpoints(engine: Engine, creditor: str = "") -> tuple[Endpoint, ...]:
    """List all endpoints, or one creditor's."""
    query = select(webhook_endpoint).order_by(_E.creditor, _E.name)
    if creditor:
        query = query.where(_E.creditor == creditor)
    with reading(engine) as connection:
        return tuple(_endpoint_of(row) for row in connection.execute(query).mappings())


def backlog(engine: Engine, place: Place) -> dict[str, int]:
    """Count the deliveries of an endpoint by state: pending, delivered, given_up."""
    query = (
        select(_D.state, func.count())
        .where(_D.creditor == place[0], _D.endpoint == place[1])
        .group_by(_D.state)
    )
    with reading(engine) as connection:
        return {row[0]: row[1] for row in connection.execute(query)}


def again(engine: Engine, place: Place, since: datetime | None = None) -> int:
    """Try at once what was not taken; with an instant also all that was recorded since.

    So an endpoint that was added late, or lost its data, gets what it missed.
    """
    now = func.clock_timestamp()
    fresh = {"state": "pending", "attempts": 0, "next_at": now}
    of_place = and_(_D.creditor == place[0], _D.endpoint == place[1])
    up = update(webhook_delivery).where(of_place, _D.state != "delivered").values(fresh)
    with engine.begin() as connection:
        count = len(connection.execute(up.returning(_D.happening)).all())
        if since:
            missed = _missed(place, since)
            row = insert(webhook_delivery).from_select(
                ["happening", "creditor", "endpoint"], missed
            )
            row = row.on_conflict_do_nothing()
            count += len(connection.execute(row.returning(_D.happening)).all())
    return count


def _endpoint_of(row: RowMapping) -> Endpoint:
    """A row as an endpoint."""
    told = ("creditor", "name", "url", "active")
    return Endpoint(kinds=tuple(row["kinds"]), **{name: row[name] for name in told})


def _missed(place: Place, since: datetime) -> Select[tuple[str, str, str]]:
    wanted = or_(func.cardinality(_E.kinds) == 0, _H.kind == func.any(_E.kinds))
    return (
        select(_H.id, _E.creditor, _E.name)
        .join(webhook_endpoint, and_(_E.creditor == _H.creditor, wanted))
        .where(tuple_(_E.creditor, _E.name) == place, _H.recorded_at >= since)
    )
