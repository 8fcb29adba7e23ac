"""The queue of what other systems are told: leased, called without any lock, then settled."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import (
    LABEL_STYLE_TABLENAME_PLUS_COL,
    ColumnElement,
    Engine,
    RowMapping,
    and_,
    func,
    not_,
    select,
    tuple_,
    update,
)

from activities.ports.events import DomainEvent
from activities.ports.types import Task
from adapters.ledger.core.sql import added
from adapters.ledger.tables.desk import task as task_table
from adapters.ledger.tables.webhooks import event, webhook_delivery, webhook_endpoint
from adapters.ledger.tasks.desk import task_row
from adapters.ledger.webhooks.endpoints import Endpoint, Place

_D, _E = webhook_delivery.c, webhook_endpoint.c
_PLACE = and_(_E.creditor == _D.creditor, _E.name == _D.endpoint)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leased:
    """One delivery that is ours to attempt until the lease ends.

    Attributes:
        attempt: its number, from 1.
    """

    event: DomainEvent
    endpoint: Endpoint
    attempt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryEnd:
    """How an attempt ended.

    Attributes:
        wait: until the next attempt; None if it is given up or delivered.
        gone: the endpoint wants nothing any more and is switched off.
        task: for a person, if one must know.
    """

    delivered: bool = False
    status: int = 0
    detail: str = ""
    wait: timedelta | None = None
    gone: bool = False
    task: Task | None = None

    @property
    def state(self) -> str:
        """Where the delivery stands now."""
        if self.delivered:
            return "delivered"
        return "given_up" if self.wait is None else "pending"


def lease(
    engine: Engine, most: int, term: timedelta, skip: Collection[Place] = ()
) -> tuple[Leased, ...]:
    """Take deliveries that are due, the least tried first; nobody else gets them for the term.

    The attempt is counted before the call: who dies in between leaves a delivery that comes again.
    """
    due = [_D.state == "pending", _D.next_at <= func.clock_timestamp(), _E.active]
    if skip:
        due.append(not_(tuple_(_D.creditor, _D.endpoint).in_(skip)))
    query = (
        select(webhook_delivery, webhook_endpoint, event)
        .join(webhook_endpoint, _PLACE)
        .join(event, event.c.id == _D.happening)
        .where(*due)
        .order_by(_D.attempts, _D.next_at)
        .limit(most)
        .with_for_update(of=webhook_delivery, skip_locked=True)
        .set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL)
    )
    ends = func.clock_timestamp() + term
    with engine.begin() as connection:
        found = tuple(_leased(row) for row in connection.execute(query).mappings())
        keys = [(one.event.id, *one.endpoint.place) for one in found]
        mine = update(webhook_delivery).where(
            tuple_(_D.happening, _D.creditor, _D.endpoint).in_(keys)
        )
        if keys:
            connection.execute(mine.values(attempts=_D.attempts + 1, next_at=ends))
    return found


def settle_delivery(engine: Engine, done: Leased, ending: DeliveryEnd) -> bool:
    """Record how an attempt ended; False if the lease was over and others have tried since."""
    place = done.endpoint.place
    values: dict[str, Any] = {
        "state": ending.state,
        "last_status": ending.status,
        "last_detail": ending.detail,
        "next_at": func.clock_timestamp() + (ending.wait or timedelta()),
    }
    change = update(webhook_delivery).where(_mine(done)).values(values).returning(_D.happening)
    with engine.begin() as connection:
        counts = connection.execute(change).first() is not None
        if counts and ending.gone:
            off = update(webhook_endpoint).where(tuple_(_E.creditor, _E.name) == place)
            connection.execute(off.values(active=False))
        if counts and ending.task:
            added(connection, task_table, **task_row(ending.task))
    return counts


def give_back(engine: Engine, unused: Leased, pause: timedelta = timedelta(minutes=1)) -> None:
    """Return a delivery that was leased but never called: the attempt does not count."""
    later = {"attempts": _D.attempts - 1, "next_at": func.clock_timestamp() + pause}
    with engine.begin() as connection:
        connection.execute(update(webhook_delivery).where(_mine(unused)).values(later))


def _mine(one: Leased) -> ColumnElement[bool]:
    """Our delivery, as long as nobody has leased it since."""
    key = tuple_(_D.happening, _D.creditor, _D.endpoint) == (one.event.id, *one.endpoint.place)
    return and_(key, _D.attempts == one.attempt, _D.state == "pending")


def _leased(row: RowMapping) -> Leased:
    return Leased(
        event=DomainEvent(
            id=row["happening_id"],
            kind=row["happening_kind"],
            creditor=row["happening_creditor"],
            customer=row["happening_customer"],
            case=row["happening_case_id"],
            at=row["happening_at"],
            data=row["happening_data"],
        ),
        endpoint=Endpoint(
            creditor=row["webhook_endpoint_creditor"],
            name=row["webhook_endpoint_name"],
            url=row["webhook_endpoint_url"],
            kinds=tuple(row["webhook_endpoint_kinds"]),
            active=row["webhook_endpoint_active"],
        ),
        attempt=row["webhook_delivery_attempts"] + 1,
    )
