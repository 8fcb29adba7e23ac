"""The send protocol's memory: a message is marked in flight before anything can be sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import uuid4

from sqlalchemy import (
    Connection,
    Row,
    RowMapping,
    Select,
    Text,
    cast,
    exists,
    func,
    insert,
    select,
    update,
)

from activities.ports.types import (
    BusyError,
    Carried,
    ConflictError,
    Outbound,
    OutboundState,
    Receipt,
    Sent,
)
from adapters.ledger.outbound import bundles
from adapters.ledger.tables.outbound import (
    outbound_attempt,
    outbound_item,
    outbound_message,
    provider_event,
)

_NOW = func.clock_timestamp()
_M = outbound_message.c


class AccountKey(NamedTuple):
    """Whose message it is."""

    creditor: str
    customer: str


def outbound(connection: Connection, case_id: str, step: str, episode: int) -> Outbound | None:
    """The message of a step with its age by the database's clock, or None."""
    i = outbound_item.c
    query = _messages().join(outbound_item, i.message_id == _M.id)
    mine = query.where(i.case_id == case_id, i.step == step, i.episode == episode)
    row = connection.execute(mine).mappings().one_or_none()
    return _outbound(row) if row else None


def by_id(connection: Connection, message_id: str) -> Outbound:
    """A message with its age by the database's clock."""
    return _outbound(connection.execute(_messages().where(_M.id == message_id)).mappings().one())


def take_off(
    connection: Connection, account: AccountKey, steps: Sequence[Carried], channel: str, to: str
) -> Outbound:
    """Mark one message in flight for all of these steps, with a new attempt."""
    first = steps[0]
    known = outbound(connection, first.case, first.step, first.episode)
    flight: dict[str, Any] = {
        "state": OutboundState.IN_FLIGHT,
        "in_flight_since": _NOW,
        "channel": channel,
    }
    flight |= {"recipient": to, "provider_id": "", "detail": "", "not_before": None}
    message_id = known.id if known else str(uuid4())
    if known is None:
        whose = {"id": message_id, "creditor": account.creditor, "customer": account.customer}
        connection.execute(insert(outbound_message).values(**whose, attempt=1, **flight))
    else:
        _check_new(known, first)
        again = flight | {"attempt": known.attempt + 1}
        connection.execute(update(outbound_message).where(_M.id == known.id).values(**again))
    flown = by_id(connection, message_id)
    bundles.carry(connection, flown, steps)
    return flown


def land(
    connection: Connection,
    flown: Outbound,
    state: OutboundState,
    receipt: Receipt | None,
    not_before: datetime | None = None,
) -> None:
    """Record how an attempt ended; a message whose channels all said no is closed as rejected."""
    if flown.state is OutboundState.NEW and state is OutboundState.REJECTED:
        _change(connection, flown, OutboundState.NEW, {"state": state})
        return
    values = {"state": state, "not_before": not_before}
    _arrive(connection, flown, values, receipt, receipt.sent if receipt else state)


def turn_down(connection: Connection, flown: Outbound, receipt: Receipt) -> None:
    """Record that the message was rejected, so that the next way may be tried.

    A dead address is known as such from now on: it says nothing against its channel.
    """
    tried = [*flown.tried] if receipt.bad_point else [*dict.fromkeys((*flown.tried, flown.channel))]
    values = {"state": OutboundState.NEW, "tried": tried}
    _arrive(connection, flown, values, receipt, Sent.REJECTED)


def _check_new(known: Outbound, item: Carried) -> None:
    where = f"{item.case}, step {item.step}, episode {item.episode}"
    if known.state is OutboundState.IN_FLIGHT:
        raise BusyError(f"{where}: attempt {known.attempt} is in flight; find out how it ended")
    if known.state is not OutboundState.NEW:
        raise ConflictError(f"{where}: this message has ended as {known.state}; it is never resent")


def _arrive(
    connection: Connection,
    flown: Outbound,
    values: dict[str, Any],
    receipt: Receipt | None,
    result: str,
) -> None:
    told = {
        "provider_id": receipt.provider_id if receipt else "",
        "detail": receipt.detail if receipt else "",
    }
    spoken = {"spoken": receipt.spoken if receipt else ""}
    row = _change(connection, flown, OutboundState.IN_FLIGHT, values | told | spoken)
    attempt = {"message_id": flown.id, "attempt": flown.attempt, "result": result, **told}
    attempt |= {"channel": row.channel, "recipient": row.recipient, "since": row.in_flight_since}
    connection.execute(insert(outbound_attempt).values(**attempt))


def _change(
    connection: Connection, flown: Outbound, before: OutboundState, values: dict[str, Any]
) -> Row[Any]:
    """Change the message only if it still stands as it did, with the same attempt."""
    mine = (_M.id == flown.id) & (_M.attempt == flown.attempt) & (_M.state == before)
    done = update(outbound_message).where(mine).values(**values)
    row = connection.execute(
        done.returning(_M.channel, _M.recipient, _M.in_flight_since)
    ).one_or_none()
    if row is None:
        raise ConflictError(f"attempt {flown.attempt} of message {flown.id} is not {before} now")
    return row


def _messages() -> Select[Any]:
    """Messages with their age; an event counts if it came after the newest attempt began."""
    e = provider_event.c
    shown = exists().where(e.message_id == cast(_M.id, Text), e.recorded_at >= _M.in_flight_since)
    age = (_NOW - _M.in_flight_since).label("age")
    return select(outbound_message, age, shown.label("seen_by_provider"))


def _outbound(row: RowMapping) -> Outbound:
    return Outbound(
        id=row["id"],
        state=OutboundState(row["state"]),
        attempt=row["attempt"],
        since=row["in_flight_since"],
        age=row["age"] or timedelta(),
        channel=row["channel"],
        recipient=row["recipient"],
        provider_id=row["provider_id"],
        tried=tuple(row["tried"]),
        seen_by_provider=row["seen_by_provider"],
        not_before=row["not_before"],
    )
