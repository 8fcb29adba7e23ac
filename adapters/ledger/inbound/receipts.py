"""Confirmed receipts: kept at once, without any account's lock."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine, select

from activities.ports.incoming import ReportKind
from adapters.ledger.core.engine import reading
from adapters.ledger.core.sql import uuid_of
from adapters.ledger.inbound.events import ProviderEvent, note_event
from adapters.ledger.tables.outbound import outbound_message

_PAGE = "page"
"""Who told: the page behind the link of a letter."""


def confirm(engine: Engine, message_id: str, at: datetime) -> bool:
    """Record that a message was confirmed, once; False if there is no such message."""
    known = uuid_of(message_id)
    mine = select(outbound_message.c.id).where(outbound_message.c.id == known)
    with reading(engine) as connection:
        if known is None or connection.execute(mine).first() is None:
            return False
    note_event(
        engine,
        ProviderEvent(
            dedupe_key=f"{_PAGE}/{message_id}",
            message_id=message_id,
            provider=_PAGE,
            kind=ReportKind.CONFIRMED,
            at=at,
        ),
    )
    return True
