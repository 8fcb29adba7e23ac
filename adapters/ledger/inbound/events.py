"""Provider events: kept at once, without any account's lock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, text

from adapters.ledger.core.sql import added
from adapters.ledger.tables.outbound import provider_event

_FIELDS = ("dedupe_key", "message_id", "provider", "kind", "at", "raw", "reason", "recipient")
_LONGEST_ADDRESS = 320
"""Characters: 64 before the sign and 255 after it (RFC 5321, 4.5.3.1)."""

_MANY = text(
    f"INSERT INTO provider_event ({', '.join(_FIELDS)}) "  # noqa: S608 - constants of this file
    "SELECT * FROM unnest(CAST(:dedupe_key AS text[]), CAST(:message_id AS text[]), "
    "CAST(:provider AS text[]), CAST(:kind AS text[]), CAST(:at AS timestamptz[]), "
    "CAST(:raw AS text[]), CAST(:reason AS text[]), CAST(:recipient AS text[])) "
    "ON CONFLICT DO NOTHING RETURNING dedupe_key"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderEvent:
    """One report of a provider about one message.

    Attributes:
        dedupe_key: the event's meaning, such as message, kind and instant; never its own id alone.
        message_id: our opaque message id, which may not be in the ledger yet.
        kind: one of ``ReportKind``, in our own words.
        at: when it happened by the provider's clock (UTC).
        raw: as it came.
        reason: the provider's code for a failure, such as 21610 or 5.1.1; never its words.
        recipient: the address that it is about, in small letters; empty if nobody named it.
    """

    dedupe_key: str
    message_id: str
    provider: str
    kind: str
    at: datetime | None = None
    raw: str = ""
    reason: str = ""
    recipient: str = ""


def recipient_in(said: str) -> str:
    """Read the address that a report names, in small letters; empty if it is none."""
    address = said.strip().strip("<>").lower()
    plain = address.isprintable() and " " not in address and "@" in address
    return _as_known(address) if plain and len(address) <= _LONGEST_ADDRESS else ""


def _as_known(address: str) -> str:
    """An address with its domain as people write it, as contact data are kept: no ``xn--``."""
    box, _, domain = address.rpartition("@")
    try:
        return f"{box}@{domain.encode('ascii').decode('idna')}"
    except UnicodeError:
        return address


def note_event(engine: Engine, event: ProviderEvent) -> bool:
    """Keep a provider's event; False if the same was reported before."""
    with engine.begin() as connection:
        return added(connection, provider_event, **_values(event))


def add_events(connection: Connection, events: Sequence[ProviderEvent]) -> int:
    """Keep a whole batch in one statement, with what else is kept; answers how many were new.

    In the order of their keys: two copies of a batch at the same moment must not wait for each
    other in a ring.
    """
    once = sorted({event.dedupe_key: event for event in events}.items())
    if not once:
        return 0
    columns = {name: [getattr(event, name) for _, event in once] for name in _FIELDS}
    return len(connection.execute(_MANY, columns).all())


def _values(event: ProviderEvent) -> dict[str, object]:
    return {name: getattr(event, name) for name in _FIELDS}
