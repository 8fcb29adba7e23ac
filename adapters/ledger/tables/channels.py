"""Tables of what comes back from debtors and providers, and of further contact points."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    text,
)

from adapters.ledger.tables.base import METADATA, instant_column, recorded, words
from adapters.ledger.tables.people import OF_ACCOUNT

contact_point = Table(
    "contact_point",
    METADATA,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    words("creditor"),
    words("customer"),
    # How it is reached: email or phone; a number is good for text messages and for calls.
    words("kind"),
    words("point"),
    # Empty: another way to the same person; else another person in the customer's company.
    words("person"),
    words("role"),
    Column("rank", Integer, nullable=False, server_default=text("0")),
    recorded(),
    ForeignKeyConstraint(*OF_ACCOUNT),
    CheckConstraint("kind IN ('email', 'phone')", name="kind"),
    Index(
        "ix_contact_point_once",
        "creditor",
        "customer",
        "kind",
        "point",
        unique=True,
        postgresql_where=text("point <> ''"),
    ),
)

# No foreign key to the event's message or account: what comes in is kept before it is understood.
event_outcome = Table(
    "event_outcome",
    METADATA,
    words("dedupe_key", primary_key=True),
    # applied, ignored, or unmatched: a person was told.
    words("state"),
    recorded(),
    CheckConstraint("state IN ('applied', 'ignored', 'unmatched')", name="state"),
)

reply = Table(
    "reply",
    METADATA,
    # Made from the message's own id, so that the same one twice is one.
    words("key", primary_key=True),
    words("channel"),
    words("creditor"),
    words("customer"),
    words("case_id"),
    # Our message that it answers; empty if nothing says so.
    words("message_id"),
    # reply, auto_reply, bounce, stop, start, or unrouted.
    words("sort"),
    words("sender"),
    words("subject"),
    words("said"),
    Column("raw", LargeBinary, nullable=False, server_default=text("''")),
    instant_column("at"),
    Column("state", Text, nullable=False, server_default=text("'new'")),
    recorded(),
    CheckConstraint("state IN ('new', 'applied', 'unmatched')", name="state"),
    Index("ix_reply_account", "creditor", "customer"),
    Index("ix_reply_newest", "creditor", "at", "key"),
    Index("ix_reply_message_id", "message_id"),
    Index("ix_reply_new", "recorded_at", postgresql_where=text("state = 'new'")),
    # Whether a number has said STOP is asked before every message.
    Index("ix_reply_wish", "sender", "at", postgresql_where=text("sort IN ('stop', 'start')")),
)

# What came with an answer; its content is emptied when it has become evidence of a case.
reply_file = Table(
    "reply_file",
    METADATA,
    Column("reply", Text, ForeignKey("reply.key"), primary_key=True),
    words("sha256", primary_key=True),
    Column("position", Integer, nullable=False, server_default=text("0")),
    words("name"),
    words("media_type"),
    Column("size", BigInteger, nullable=False, server_default=text("0")),
    # kept, or why not: empty, too_large, too_many, unknown_kind, card_number.
    words("fate"),
    Column("body", LargeBinary, nullable=False, server_default=text("''")),
)

# Which answers a model was asked about, and what became of it; no words.
reply_reading = Table(
    "reply_reading",
    METADATA,
    Column("reply", Text, ForeignKey("reply.key"), primary_key=True),
    words("creditor"),
    # read, or nothing: what it said could not be used.
    words("state"),
    recorded(),
)

# How many answers a creditor sent to a model on a day (UTC).
model_use = Table(
    "model_use",
    METADATA,
    words("creditor", primary_key=True),
    Column("day", Date, primary_key=True),
    Column("calls", Integer, nullable=False, server_default=text("0")),
)

mailbox = Table(
    "mailbox",
    METADATA,
    words("name", primary_key=True),
    Column("uid_validity", BigInteger, nullable=False),
    Column("last_uid", BigInteger, nullable=False),
)
