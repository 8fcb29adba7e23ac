"""The channels that get through: what comes back, who may ask, who looks after whom."""

from typing import Any

from alembic import op
from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Text,
    false,
    text,
)

from infra.migrations.columns import instant, recorded, words

revision = "0014"
down_revision: str | None = "0013"
RECENT = "ix_provider_event_recorded_at"


def upgrade() -> None:
    """Make the tables, and add the columns."""
    _contact_point()
    _incoming()
    _gateway()
    for table, column in _columns():
        op.add_column(table, column)
    op.create_index(RECENT, "provider_event", ["recorded_at", "dedupe_key"])


def downgrade() -> None:
    """Drop them, with all they hold."""
    op.drop_index(RECENT)
    for table, column in _columns():
        op.drop_column(table, column.name)
    made = ("contact_point", "event_outcome", "reply", "mailbox")
    for table in (*made, "api_key", "idempotency", "colleague"):
        op.drop_table(table)


def _columns() -> tuple[tuple[str, Column[Any]], ...]:
    return (
        ("account", words("owner")),
        ("task", Column("passed_on", Integer, nullable=False, server_default=text("0"))),
        ("outbound_message", words("spoken")),
        ("provider_event", words("reason")),
    )


_OF_ACCOUNT = (["creditor", "customer"], ["account.creditor", "account.customer"])


def _contact_point() -> None:
    op.create_table(
        "contact_point",
        Column("id", BigInteger, Identity(always=True), primary_key=True),
        words("creditor"),
        words("customer"),
        words("kind"),
        words("point"),
        words("person"),
        words("role"),
        Column("rank", Integer, nullable=False, server_default=text("0")),
        recorded(),
        ForeignKeyConstraint(*_OF_ACCOUNT),
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


def _incoming() -> None:
    op.create_table(
        "event_outcome",
        words("dedupe_key", primary_key=True),
        words("state"),
        recorded(),
        CheckConstraint("state IN ('applied', 'ignored', 'unmatched')", name="state"),
    )
    op.create_table(
        "reply",
        words("key", primary_key=True),
        words("channel"),
        words("creditor"),
        words("customer"),
        words("case_id"),
        words("message_id"),
        words("sort"),
        words("sender"),
        words("subject"),
        words("said"),
        Column("raw", LargeBinary, nullable=False, server_default=text("''")),
        instant("at"),
        Column("state", Text, nullable=False, server_default=text("'new'")),
        recorded(),
        CheckConstraint("state IN ('new', 'applied', 'unmatched')", name="state"),
        Index("ix_reply_account", "creditor", "customer"),
        Index("ix_reply_new", "recorded_at", postgresql_where=text("state = 'new'")),
        Index("ix_reply_wish", "sender", "at", postgresql_where=text("sort IN ('stop', 'start')")),
    )
    op.create_table(
        "mailbox",
        words("name", primary_key=True),
        Column("uid_validity", BigInteger, nullable=False),
        Column("last_uid", BigInteger, nullable=False),
    )


def _gateway() -> None:
    op.create_table(
        "api_key",
        words("id", primary_key=True),
        words("creditor"),
        words("role"),
        words("label"),
        words("sha256"),
        recorded("created_at"),
        instant("revoked_at", nullable=True),
        CheckConstraint("role IN ('billing', 'collector', 'reader')", name="role"),
        Index("ix_api_key_sha256", "sha256", unique=True),
    )
    op.create_table(
        "idempotency",
        words("creditor", primary_key=True),
        words("key", primary_key=True),
        words("fingerprint"),
        Column("status", Integer, nullable=False, server_default=text("0")),
        words("body"),
        recorded(),
        Index("ix_idempotency_recorded_at", "recorded_at"),
    )
    op.create_table(
        "colleague",
        words("creditor", primary_key=True),
        words("name", primary_key=True),
        Column("role", Text, nullable=False, server_default=text("'collector'")),
        Column("away", Boolean, nullable=False, server_default=false()),
        recorded(),
        CheckConstraint("role IN ('collector', 'supervisor')", name="role"),
    )
