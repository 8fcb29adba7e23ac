"""Payments and the desk."""

from alembic import op
from sqlalchemy import CheckConstraint, Column, ForeignKey, ForeignKeyConstraint, Index, Text, text
from sqlalchemy.dialects.postgresql import ARRAY

from infra.migrations.columns import instant, minor, recorded, words

revision = "0003"
down_revision: str | None = "0002"


def upgrade() -> None:
    """Make the tables."""
    _payment()
    _payment_part()
    _task()
    _hold()


def downgrade() -> None:
    """Drop them, with all they hold."""
    for table in ("hold", "task", "payment_part", "payment"):
        op.drop_table(table)


def _payment() -> None:
    op.create_table(
        "payment",
        words("creditor", primary_key=True),
        words("source", primary_key=True),
        words("id", primary_key=True),
        words("customer"),
        words("currency"),
        minor("amount"),
        instant("at"),
        Column("invoices", ARRAY(Text), nullable=False),
        words("note"),
        words("content_sha"),
        recorded(),
        ForeignKeyConstraint(["creditor", "customer"], ["account.creditor", "account.customer"]),
        CheckConstraint("amount > 0", name="positive"),
        Index("ix_payment_account", "creditor", "customer"),
    )


def _payment_part() -> None:
    op.create_table(
        "payment_part",
        words("creditor", primary_key=True),
        words("source", primary_key=True),
        words("id", primary_key=True),
        Column("case_id", Text, ForeignKey("case_file.case_id"), primary_key=True),
        minor("amount"),
        recorded(),
        ForeignKeyConstraint(
            ["creditor", "source", "id"], ["payment.creditor", "payment.source", "payment.id"]
        ),
        CheckConstraint("amount > 0", name="positive"),
        Index("ix_payment_part_case_id", "case_id"),
    )


def _task() -> None:
    op.create_table(
        "task",
        words("key", primary_key=True),
        words("kind"),
        words("case_id"),
        words("title"),
        words("detail"),
        words("owner"),
        instant("due_at", nullable=True),
        Column("status", Text, nullable=False, server_default=text("'open'")),
        words("done_by"),
        words("done_note"),
        recorded("created_at"),
        instant("done_at", nullable=True),
        CheckConstraint("status IN ('open', 'done')", name="status"),
        Index("ix_task_case_id", "case_id"),
        Index("ix_task_status_due_at", "status", "due_at"),
    )


def _hold() -> None:
    op.create_table(
        "hold",
        words("scope", primary_key=True),
        recorded("since"),
        words("by_whom"),
    )
