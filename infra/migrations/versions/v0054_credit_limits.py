"""Credit limits that people set for customers, and what bureaus report about them."""

import sqlalchemy as sa
from alembic import op

from infra.migrations.columns import instant, minor, recorded, words

revision = "0054"
down_revision: str | None = "0053"

_ACCOUNT = (["creditor", "customer"], ["account.creditor", "account.customer"])


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "credit_limit",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        words("creditor"),
        words("customer"),
        words("currency"),
        minor("amount", nullable=True),
        words("why"),
        words("by_whom"),
        instant("at"),
        sa.Column("passings", sa.Integer, nullable=False, server_default=sa.text("0")),
        recorded(),
        sa.ForeignKeyConstraint(*_ACCOUNT),
        sa.CheckConstraint("amount >= 0", name="amount"),
    )
    key = ["creditor", "customer", "currency", "id"]
    op.create_index("ix_credit_limit_account", "credit_limit", key)
    op.create_table(
        "bureau_report",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        words("creditor"),
        words("customer"),
        words("source"),
        sa.Column("day", sa.Date, nullable=False),
        minor("amount", nullable=True),
        words("currency"),
        words("said"),
        words("by_whom"),
        instant("at"),
        recorded(),
        sa.ForeignKeyConstraint(*_ACCOUNT),
    )
    op.create_index(
        "ix_bureau_report_account", "bureau_report", ["creditor", "customer", "day", "id"]
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("bureau_report")
    op.drop_table("credit_limit")
