"""How long each creditor keeps what is personal, after the last that happened with a customer."""

import sqlalchemy as sa
from alembic import op

from infra.migrations.columns import recorded, words

revision = "0032"
down_revision: str | None = "0031"


def upgrade() -> None:
    """Make the table of rules; the newest of a creditor counts, the others say what held before."""
    op.create_table(
        "retention_rule",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        words("creditor"),
        sa.Column("months", sa.Integer, nullable=False),
        words("by_whom"),
        recorded(),
        sa.CheckConstraint("months BETWEEN 0 AND 1200", name="months"),
        sa.Index("ix_retention_rule_creditor", "creditor", "id"),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("retention_rule")
