"""What providers tell about messages: taken in at once, without any account's lock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from adapters.ledger.sql import added
from adapters.ledger.tables.outbound import provider_event


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderEvent:
    """One thing that a provider told about one message.

    Attributes:
        dedupe_key: the event's meaning, such as message, kind and instant; never its own id alone.
        message_id: our opaque message id, which may not be in the ledger yet.
        at: when it happened by the provider's clock (UTC).
        raw: as it came.
    """

    dedupe_key: str
    message_id: str
    provider: str
    kind: str
    at: datetime | None = None
    raw: str = ""


def note_event(engine: Engine, event: ProviderEvent) -> bool:
    """Keep a provider's event; False if the same was told before."""
    values = {name: getattr(event, name) for name in ProviderEvent.__dataclass_fields__}
    with engine.begin() as connection:
        return added(connection, provider_event, **values)
