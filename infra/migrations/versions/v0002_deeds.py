"""Deeds and messages to debtors."""

from alembic import op
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
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY

from infra.migrations.columns import instant, minor, recorded, words

revision = "0002"
down_revision: str | None = "0001"


_STATES = "state IN ('new', 'in_flight', 'accepted', 'unknown_closed', 'rejected')"


def upgrade() -> None:
    """Make the tables."""
    _deed()
    _outbound_message()
    _outbound_item()
    _outbound_attempt()
    _provider_event()


def downgrade() -> None:
    """Drop them, with all they hold."""
    for table in (
        "provider_event",
        "outbound_attempt",
        "outbound_item",
        "outbound_message",
        "deed",
    ):
        op.drop_table(table)


def _deed() -> None:
    op.create_table(
        "deed",
        Column("id", BigInteger, Identity(always=True), primary_key=True),
        Column("case_id", Text, ForeignKey("case_file.case_id"), nullable=False),
        words("step"),
        Column("episode", Integer, nullable=False),
        words("do"),
        instant("at"),
        words("result"),
        Column("deadline", Date),
        words("channel"),
        words("why"),
        minor("open"),
        recorded(),
        UniqueConstraint("case_id", "step", "episode"),
    )


def _outbound_message() -> None:
    op.create_table(
        "outbound_message",
        Column("id", Uuid(as_uuid=False), primary_key=True),
        words("creditor"),
        words("customer"),
        words("state"),
        Column("attempt", Integer, nullable=False),
        instant("in_flight_since", nullable=True),
        words("channel"),
        words("recipient"),
        words("provider_id"),
        Column("tried", ARRAY(Text), nullable=False, server_default=text("'{}'")),
        words("detail"),
        recorded(),
        ForeignKeyConstraint(["creditor", "customer"], ["account.creditor", "account.customer"]),
        CheckConstraint(_STATES, name="state"),
        Index("ix_outbound_message_account", "creditor", "customer"),
        Index(
            "ix_outbound_message_in_flight",
            "in_flight_since",
            postgresql_where=text("state = 'in_flight'"),
        ),
    )


def _outbound_item() -> None:
    op.create_table(
        "outbound_item",
        Column("case_id", Text, ForeignKey("case_file.case_id"), primary_key=True),
        words("step", primary_key=True),
        Column("episode", Integer, primary_key=True, autoincrement=False),
        Column(
            "message_id", Uuid(as_uuid=False), ForeignKey("outbound_message.id"), nullable=False
        ),
        recorded(),
        Index("ix_outbound_item_message_id", "message_id"),
    )


def _outbound_attempt() -> None:
    op.create_table(
        "outbound_attempt",
        Column("id", BigInteger, Identity(always=True), primary_key=True),
        Column(
            "message_id", Uuid(as_uuid=False), ForeignKey("outbound_message.id"), nullable=False
        ),
        Column("attempt", Integer, nullable=False),
        words("channel"),
        words("recipient"),
        words("result"),
        words("provider_id"),
        words("detail"),
        instant("since", nullable=True),
        recorded("at"),
        UniqueConstraint("message_id", "attempt"),
    )


def _provider_event() -> None:
    op.create_table(
        "provider_event",
        words("dedupe_key", primary_key=True),
        words("message_id"),
        words("provider"),
        words("kind"),
        instant("at", nullable=True),
        words("raw"),
        recorded(),
        Index("ix_provider_event_message_id", "message_id"),
    )
