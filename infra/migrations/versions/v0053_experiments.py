"""Experiments with policies, and which cases belong to which arm."""

import sqlalchemy as sa
from alembic import op

from infra.migrations.columns import instant, recorded, words

revision = "0053"
down_revision: str | None = "0052"


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "experiment",
        words("creditor", primary_key=True),
        words("id", primary_key=True),
        sa.Column("champion_sha", sa.Text, sa.ForeignKey("policy.sha256"), nullable=False),
        sa.Column("challenger_sha", sa.Text, sa.ForeignKey("policy.sha256"), nullable=False),
        words("by_whom"),
        instant("started_at"),
        instant("ended_at", nullable=True),
        words("kept"),
    )
    op.create_index(
        "ix_experiment_running",
        "experiment",
        ["creditor"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "experiment_case",
        sa.Column("case_id", sa.Text, sa.ForeignKey("case_file.case_id"), primary_key=True),
        words("creditor"),
        words("experiment"),
        words("customer"),
        words("arm"),
        recorded(),
        sa.CheckConstraint("arm IN ('champion', 'challenger')", name="arm"),
    )
    key = ["creditor", "experiment", "customer"]
    op.create_index("ix_experiment_case_customer", "experiment_case", key)


def downgrade() -> None:
    """Drop them."""
    op.drop_table("experiment_case")
    op.drop_table("experiment")
