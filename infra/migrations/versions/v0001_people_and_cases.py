"""People and cases."""

from typing import Any

from alembic import op
from sqlalchemy import (
    BigInteger,
    Boolean,
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
    false,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from infra.migrations.columns import instant, minor, recorded, words

revision = "0001"
down_revision: str | None = None


def upgrade() -> None:
    """Make the tables."""
    _creditor()
    _account()
    _policy()
    _case_file()
    _message()


def downgrade() -> None:
    """Drop them, with all they hold."""
    for table in ("message", "case_file", "policy", "account", "creditor"):
        op.drop_table(table)


def _creditor() -> None:
    op.create_table(
        "creditor",
        words("id", primary_key=True),
        words("name"),
        words("address"),
        words("email"),
        words("phone"),
        words("contact"),
        words("iban"),
        words("bic"),
        words("pay_link"),
        words("terms"),
        recorded(),
    )


def _account() -> None:
    op.create_table(
        "account",
        words("creditor", primary_key=True),
        words("customer", primary_key=True),
        words("name"),
        words("email"),
        words("phone"),
        words("country"),
        words("subdivision"),
        Column("zone", Text, nullable=False, server_default=text("'UTC'")),
        Column("language", Text, nullable=False, server_default=text("'en'")),
        words("customer_class"),
        words("sales_rep"),
        Column("opted_out", ARRAY(Text), nullable=False, server_default=text("'{}'")),
        Column("bad_points", ARRAY(Text), nullable=False, server_default=text("'{}'")),
        recorded(),
    )


def _policy() -> None:
    op.create_table(
        "policy",
        words("sha256", primary_key=True),
        words("name"),
        Column("body", Text, nullable=False),
        recorded("created_at"),
    )


def _invoice() -> list[Column[Any]]:
    return [
        words("case_id", primary_key=True),
        words("creditor"),
        words("customer"),
        words("number"),
        Column("issued", Date, nullable=False),
        Column("due", Date, nullable=False),
        words("currency"),
        minor("amount"),
        Column("policy_sha", Text, ForeignKey("policy.sha256"), nullable=False),
        instant("opened_at"),
        words("content_sha"),
    ]


def _figures() -> list[Column[Any]]:
    return [
        minor("paid", default=0),
        minor("credited", default=0),
        minor("written_off", default=0),
        minor("open"),
        minor("surplus", default=0),
        minor("disputed", default=0),
        Column("withdrawn", Boolean, nullable=False, server_default=false()),
        instant("settled_at", nullable=True),
        Column("days_late", Integer, nullable=False, server_default=text("0")),
        Column("broken_promises", Integer, nullable=False, server_default=text("0")),
        Column("handed_off", Boolean, nullable=False, server_default=false()),
        Column("episode", Integer, nullable=False, server_default=text("1")),
    ]


def _decision() -> list[Column[Any]]:
    return [
        words("stage"),
        words("outcome"),
        Column("decision", JSONB(none_as_null=True)),
        Column("decision_number", Integer, nullable=False, server_default=text("0")),
        words("next_do"),
        words("next_step"),
        instant("next_at", nullable=True),
        words("next_why"),
        Column("seen_message", BigInteger, nullable=False, server_default=text("0")),
        Column("parked", Boolean, nullable=False, server_default=false()),
        recorded(),
    ]


def _case_file() -> None:
    op.create_table(
        "case_file",
        *_invoice(),
        *_figures(),
        *_decision(),
        CheckConstraint("amount = paid + credited + written_off + open", name="money_adds_up"),
        CheckConstraint("open >= 0 AND surplus >= 0", name="money_not_negative"),
        ForeignKeyConstraint(["creditor", "customer"], ["account.creditor", "account.customer"]),
        UniqueConstraint("creditor", "number"),
        Index("ix_case_file_account_due", "creditor", "customer", "due"),
        Index(
            "ix_case_file_next_at",
            "next_at",
            postgresql_where=text("outcome = '' AND NOT parked"),
        ),
    )


def _message() -> None:
    op.create_table(
        "message",
        Column("seq", BigInteger, Identity(always=True), primary_key=True),
        Column("case_id", Text, ForeignKey("case_file.case_id"), nullable=False),
        words("key"),
        words("kind"),
        instant("at"),
        minor("amount", nullable=True),
        words("currency"),
        Column("day", Date),
        words("reason"),
        words("note"),
        words("ref"),
        words("by_whom"),
        words("content_sha"),
        Column("status", Text, nullable=False, server_default=text("'new'")),
        words("answer"),
        recorded(),
        UniqueConstraint("case_id", "key"),
        Index("ix_message_case_id_seq", "case_id", "seq"),
        CheckConstraint("status IN ('new', 'applied', 'refused')", name="status"),
    )
