"""Remittance advices that a person confirmed: what they list, and their sum."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from infra.migrations.columns import minor, recorded, words

revision = "0051"
down_revision: str | None = "0050"


def upgrade() -> None:
    """Keep them."""
    op.create_table(
        "remittance",
        words("creditor", primary_key=True),
        words("id", primary_key=True),
        words("customer"),
        words("currency"),
        minor("total"),
        sa.Column("parts", JSONB(none_as_null=True), nullable=False),
        words("by_whom"),
        recorded(),
        sa.ForeignKeyConstraint(["creditor", "customer"], ["account.creditor", "account.customer"]),
    )
    op.create_index("ix_remittance_recorded_at", "remittance", ["creditor", "recorded_at"])


def downgrade() -> None:
    """Forget them."""
    op.drop_table("remittance")
