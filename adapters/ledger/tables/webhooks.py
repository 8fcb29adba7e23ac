"""Tables of domain events, endpoints, and the state of each delivery."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    text,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from adapters.ledger.tables.base import METADATA, instant_column, recorded, words

event = Table(
    "happening",
    METADATA,
    words("id", primary_key=True),
    words("creditor"),
    words("customer"),
    words("case_id"),
    words("kind"),
    instant_column("at"),
    Column("data", JSONB, nullable=False, server_default=text("'{}'")),
    recorded(),
    Index("ix_happening_creditor_recorded_at", "creditor", "recorded_at"),
    Index("ix_happening_account_case", "creditor", "customer", "case_id"),
)

webhook_endpoint = Table(
    "webhook_endpoint",
    METADATA,
    words("creditor", primary_key=True),
    words("name", primary_key=True),
    Column("url", Text, nullable=False),
    Column("kinds", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    Column("active", Boolean, nullable=False, server_default=true()),
    recorded("created_at"),
)

# The creditor stands in both keys: an endpoint never gets another creditor's happening.
webhook_delivery = Table(
    "webhook_delivery",
    METADATA,
    Column("happening", Text, ForeignKey("happening.id"), primary_key=True),
    words("creditor", primary_key=True),
    words("endpoint", primary_key=True),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    recorded("next_at"),
    Column("state", Text, nullable=False, server_default=text("'pending'")),
    Column("last_status", Integer, nullable=False, server_default=text("0")),
    words("last_detail"),
    ForeignKeyConstraint(
        ["creditor", "endpoint"],
        ["webhook_endpoint.creditor", "webhook_endpoint.name"],
        ondelete="CASCADE",
    ),
    CheckConstraint("state IN ('pending', 'delivered', 'given_up')", name="state"),
    Index("ix_webhook_delivery_due", "next_at", postgresql_where=text("state = 'pending'")),
    Index("ix_webhook_delivery_endpoint", "creditor", "endpoint", "state"),
)
