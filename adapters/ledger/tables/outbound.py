"""Tables of messages to debtors: steps, attempts, their words, provider events, and changes."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from adapters.ledger.tables.base import METADATA, instant_column, recorded, words

outbound_message = Table(
    "outbound_message",
    METADATA,
    Column("id", Uuid(as_uuid=False), primary_key=True),
    words("creditor"),
    words("customer"),
    words("state"),
    Column("attempt", Integer, nullable=False),
    instant_column("in_flight_since", nullable=True),
    words("channel"),
    words("recipient"),
    words("provider_id"),
    Column("tried", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    words("detail"),
    recorded(),
    instant_column("not_before", nullable=True),
    # What a call says once somebody has pressed a key; empty for everything else.
    words("spoken"),
    ForeignKeyConstraint(["creditor", "customer"], ["account.creditor", "account.customer"]),
    CheckConstraint(
        "state IN ('new', 'in_flight', 'accepted', 'unknown_closed', 'rejected')", name="state"
    ),
    Index("ix_outbound_message_account", "creditor", "customer"),
    Index(
        "ix_outbound_message_in_flight",
        "in_flight_since",
        postgresql_where=text("state = 'in_flight'"),
    ),
)

outbound_item = Table(
    "outbound_item",
    METADATA,
    Column("case_id", Text, ForeignKey("case_file.case_id"), primary_key=True),
    words("step", primary_key=True),
    Column("episode", Integer, primary_key=True, autoincrement=False),
    Column("message_id", Uuid(as_uuid=False), ForeignKey("outbound_message.id"), nullable=False),
    recorded(),
    Index("ix_outbound_item_message_id", "message_id"),
)

outbound_attempt = Table(
    "outbound_attempt",
    METADATA,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("message_id", Uuid(as_uuid=False), ForeignKey("outbound_message.id"), nullable=False),
    Column("attempt", Integer, nullable=False),
    words("channel"),
    words("recipient"),
    words("result"),
    words("provider_id"),
    words("detail"),
    instant_column("since", nullable=True),
    recorded("at"),
    UniqueConstraint("message_id", "attempt"),
)

# No foreign key to the message: an event may be faster than our own commit.
provider_event = Table(
    "provider_event",
    METADATA,
    words("dedupe_key", primary_key=True),
    words("message_id"),
    words("provider"),
    words("kind"),
    instant_column("at", nullable=True),
    words("raw"),
    recorded(),
    # The provider's code for a failure, such as 21610 or hard.
    words("reason"),
    # The address that it is about, if the provider names it; in small letters.
    words("recipient"),
    Index("ix_provider_event_message_id", "message_id"),
    Index("ix_provider_event_recorded_at", "recorded_at", "dedupe_key"),
    Index("ix_provider_event_loose", "recipient", postgresql_where=text("recipient <> ''")),
)

# What a customer was written, as it left. No foreign key: a message and its words are archived
# together, and words of an attempt whose end is not known yet are kept before it has one.
sent_letter = Table(
    "sent_letter",
    METADATA,
    Column("message_id", Uuid(as_uuid=False), primary_key=True),
    Column("attempt", Integer, primary_key=True, autoincrement=False),
    words("subject"),
    words("body"),
    Column("files", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    words("language"),
    recorded(),
)

letter_change = Table(
    "letter_change",
    METADATA,
    Column("id", Uuid(as_uuid=False), primary_key=True),
    words("creditor"),
    words("customer"),
    Column("case_id", Text, ForeignKey("case_file.case_id"), nullable=False),
    words("passage"),
    Column("instead", Boolean, nullable=False),
    words("recipient"),
    # What the letter rested on; the change counts for a letter on this ground, and no other.
    Column("ground", JSONB(none_as_null=True), nullable=False),
    Column("cases", ARRAY(Text), nullable=False),
    words("by_whom"),
    instant_column("at"),
    recorded(),
    ForeignKeyConstraint(["creditor", "customer"], ["account.creditor", "account.customer"]),
    Index("ix_letter_change_account", "creditor", "customer"),
    Index("ix_letter_change_case_id", "case_id"),
)

letter_change_end = Table(
    "letter_change_end",
    METADATA,
    Column("change_id", Uuid(as_uuid=False), ForeignKey("letter_change.id"), primary_key=True),
    words("how"),
    words("why"),
    words("by_whom"),
    words("message_id"),
    recorded("at"),
)
