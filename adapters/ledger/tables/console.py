"""Tables of the console: who may come in, their sessions, the worklist, and notes."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Table,
    text,
)

from adapters.ledger.tables.base import METADATA, instant_column, recorded, words
from adapters.ledger.tables.people import OF_ACCOUNT

console_person = Table(
    "console_person",
    METADATA,
    words("creditor", primary_key=True),
    words("name", primary_key=True),
    words("role"),
    words("zone"),
    words("language"),
    recorded("created_at"),
    instant_column("removed_at", nullable=True),
    # The id by which the company's own provider knows this person.
    words("subject"),
    Index(
        "ix_console_person_subject",
        "creditor",
        "subject",
        unique=True,
        postgresql_where=text("subject <> ''"),
    ),
    CheckConstraint(
        "role IN ('collector', 'supervisor', 'sales', 'auditor', 'admin')", name="role"
    ),
)

OF_PERSON = (["creditor", "name"], ["console_person.creditor", "console_person.name"])

# Of links and sessions only the hash is kept: whoever reads the ledger cannot come in by it.
console_invitation = Table(
    "console_invitation",
    METADATA,
    words("sha256", primary_key=True),
    words("creditor"),
    words("name"),
    words("by_whom"),
    recorded("created_at"),
    instant_column("until"),
    instant_column("used_at", nullable=True),
    ForeignKeyConstraint(*OF_PERSON),
)

console_session = Table(
    "console_session",
    METADATA,
    words("sha256", primary_key=True),
    words("creditor"),
    words("name"),
    # By what it was opened: an invitation's link, a passkey, or the company's provider.
    words("opened_by"),
    recorded("opened_at"),
    recorded("seen_at"),
    instant_column("ended_at", nullable=True),
    ForeignKeyConstraint(*OF_PERSON),
    Index("ix_console_session_person", "creditor", "name"),
)

console_passkey = Table(
    "console_passkey",
    METADATA,
    words("id", primary_key=True),
    words("creditor"),
    words("name"),
    Column("public_key", LargeBinary, nullable=False),
    Column("sign_count", BigInteger, nullable=False, server_default=text("0")),
    recorded("created_at"),
    ForeignKeyConstraint(*OF_PERSON),
    Index("ix_console_passkey_person", "creditor", "name"),
)

console_view = Table(
    "console_view",
    METADATA,
    words("creditor", primary_key=True),
    words("name", primary_key=True),
    words("label", primary_key=True),
    words("part"),
    words("by_what"),
    # The words of a search, which may name a customer.
    words("sought"),
    recorded(),
    ForeignKeyConstraint(*OF_PERSON),
)

ORDER_COLUMNS = ("score", "money", "days")
"""By what the worklist may be ordered, each with its index."""

# The order in which customers are looked after; refreshed from the cases, never the other way.
worklist = Table(
    "worklist",
    METADATA,
    words("creditor", primary_key=True),
    words("customer", primary_key=True),
    Column("score", Integer, nullable=False, server_default=text("0")),
    Column("money", Integer, nullable=False, server_default=text("0")),
    Column("days", Integer, nullable=False, server_default=text("0")),
    Column("promises", Integer, nullable=False, server_default=text("0")),
    Column("by_class", Integer, nullable=False, server_default=text("0")),
    Column("work", Integer, nullable=False, server_default=text("0")),
    instant_column("snoozed_until", nullable=True),
    words("snoozed_by"),
    ForeignKeyConstraint(*OF_ACCOUNT),
    *(Index(f"ix_worklist_{name}", "creditor", name, "customer") for name in ORDER_COLUMNS),
)

note = Table(
    "note",
    METADATA,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    words("creditor"),
    words("customer"),
    words("case_id"),
    words("said"),
    words("by_whom"),
    recorded(),
    ForeignKeyConstraint(*OF_ACCOUNT),
    Index("ix_note_account", "creditor", "customer", "recorded_at"),
)
