"""Rates of interest that people add to the shipped tables, and who confirmed them."""

from alembic import op
from sqlalchemy import BigInteger, CheckConstraint, Column, Date, Identity, Index, Numeric, text

from infra.migrations.columns import instant, words

revision = "0022"
down_revision: str | None = "0021"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "interest_rate",
        Column("id", BigInteger, Identity(always=True), primary_key=True),
        words("jurisdiction"),
        Column("start", Date, nullable=False),
        Column("percent", Numeric(7, 4), nullable=False),
        words("source"),
        words("added_by"),
        instant("added_at"),
        words("confirmed_by"),
        instant("confirmed_at", nullable=True),
        CheckConstraint("(confirmed_at IS NULL) = (confirmed_by = '')", name="confirmed"),
        CheckConstraint("confirmed_by <> added_by", name="another_person"),
        Index(
            "uq_interest_rate_pending",
            "jurisdiction",
            "start",
            unique=True,
            postgresql_where=text("confirmed_at IS NULL"),
        ),
        Index("ix_interest_rate_jurisdiction_start", "jurisdiction", "start"),
    )


def downgrade() -> None:
    """Drop it, with all it holds."""
    op.drop_table("interest_rate")
