"""Messages that a provider took and never reported about: its reports may not reach us."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import Engine, Text, cast, exists, func, select

from activities.ports.types import Sent
from adapters.ledger.core.engine import reading
from adapters.ledger.tables.outbound import outbound_attempt, provider_event

PATIENT_FOR = timedelta(hours=48)
"""SendGrid tries for a day to bring its events, Twilio for minutes."""

NO_OLDER = timedelta(days=7)


def unheard(engine: Engine, channels: Sequence[str]) -> int:
    """Count the messages of the last week, at least two days old, without any report."""
    a, e = outbound_attempt.c, provider_event.c
    now = func.clock_timestamp()
    told = exists().where(e.message_id == cast(a.message_id, Text))
    lately = a.at.between(now - NO_OLDER, now - PATIENT_FOR)
    query = select(func.count()).where(a.result == Sent.ACCEPTED.value, a.channel.in_(channels))
    with reading(engine) as connection:
        return connection.execute(query.where(lately, ~told)).scalar_one()
