"""Tables of keys, answers per idempotency key, acts of assistants, and the collectors' team."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Identity,
    Index,
    Integer,
    Table,
    Text,
    false,
    text,
)

from adapters.ledger.tables.base import METADATA, instant_column, recorded, words

# Only the hash of a key is kept: whoever reads the ledger cannot use it.
api_key = Table(
    "api_key",
    METADATA,
    words("id", primary_key=True),
    words("creditor"),
    words("role"),
    words("label"),
    words("sha256"),
    recorded("created_at"),
    instant_column("revoked_at", nullable=True),
    CheckConstraint(
        "role IN ('billing', 'collector', 'reader', 'agency', 'assistant')", name="role"
    ),
    Index("ix_api_key_sha256", "sha256", unique=True),
)

# A status of 0 says that the first request with this key is still at work.
idempotency = Table(
    "idempotency",
    METADATA,
    words("creditor", primary_key=True),
    words("key", primary_key=True),
    words("fingerprint"),
    Column("status", Integer, nullable=False, server_default=text("0")),
    words("body"),
    recorded(),
    Index("ix_idempotency_recorded_at", "recorded_at"),
)

# Who asked an assistant for what; the words themselves stand with the task or the note.
assistant_act = Table(
    "assistant_act",
    METADATA,
    Column("id", BigInteger, Identity(), primary_key=True),
    words("creditor"),
    words("key_id"),
    words("label"),
    words("person"),
    words("act"),
    words("customer"),
    words("case_id"),
    words("outcome"),
    recorded("at"),
    Index("ix_assistant_act_creditor", "creditor", "id"),
)

colleague = Table(
    "colleague",
    METADATA,
    words("creditor", primary_key=True),
    words("name", primary_key=True),
    Column("role", Text, nullable=False, server_default=text("'collector'")),
    Column("away", Boolean, nullable=False, server_default=false()),
    recorded(),
    CheckConstraint("role IN ('collector', 'supervisor')", name="role"),
)
