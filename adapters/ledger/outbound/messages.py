"""Reads messages to customers, each with its age by the database's clock."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import RowMapping, Select, Text, cast, exists, func, select

from activities.ports.types import Outbound, OutboundState
from adapters.ledger.tables.outbound import outbound_message, provider_event

_NOW = func.clock_timestamp()
_M = outbound_message.c


def messages_with_age() -> Select[Any]:
    """Select messages with their age; reports count from the newest attempt on."""
    e = provider_event.c
    shown = exists().where(e.message_id == cast(_M.id, Text), e.recorded_at >= _M.in_flight_since)
    age = (_NOW - _M.in_flight_since).label("age")
    return select(outbound_message, age, shown.label("seen_by_provider"))


def outbound_of(row: RowMapping) -> Outbound:
    """Read the message of a row."""
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
