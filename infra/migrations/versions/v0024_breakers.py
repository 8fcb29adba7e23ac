"""Providers that fail again and again, and until when they are left alone."""

from alembic import op
from sqlalchemy import Column, Integer, text

from infra.migrations.columns import instant, words

revision = "0024"
down_revision: str | None = "0023"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "provider_breaker",
        words("provider", primary_key=True),
        Column("failures", Integer, nullable=False, server_default=text("0")),
        instant("since", nullable=True),
        instant("opened_at", nullable=True),
        instant("until", nullable=True),
        instant("probe_until", nullable=True),
    )


def downgrade() -> None:
    """Drop it, with all it holds."""
    op.drop_table("provider_breaker")
