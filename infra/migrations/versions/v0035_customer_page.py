"""The customer's page: links that people made or took back, and confirmed addresses."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from infra.migrations.columns import instant, recorded, words

revision = "0035"
down_revision: str | None = "0034"

_ACCOUNT = (["creditor", "customer"], ["account.creditor", "account.customer"])


def upgrade() -> None:
    """Keep them."""
    op.create_table(
        "page_link",
        sa.Column("id", sa.Uuid, primary_key=True),
        words("creditor"),
        words("customer"),
        words("recipient"),
        sa.Column("cases", JSONB(none_as_null=True), nullable=False),
        words("by_whom"),
        recorded(),
        sa.ForeignKeyConstraint(*_ACCOUNT),
    )
    op.create_index("ix_page_link_account", "page_link", ["creditor", "customer"])
    op.create_table(
        "page_link_revoked",
        sa.Column("id", sa.Uuid, primary_key=True),
        words("why"),
        words("by_whom"),
        recorded(),
    )
    op.create_table(
        "page_proof",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("link", sa.Uuid, nullable=False),
        words("creditor"),
        words("customer"),
        words("address"),
        words("code_hash"),
        sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
        instant("at"),
        instant("until"),
        sa.Column("session_hash", sa.Text),
        instant("confirmed_at", nullable=True),
        instant("open_until", nullable=True),
        recorded(),
        sa.ForeignKeyConstraint(*_ACCOUNT),
    )
    op.create_index("ix_page_proof_account_at", "page_proof", ["creditor", "customer", "at"])
    op.create_index("ix_page_proof_link", "page_proof", ["link"])


def downgrade() -> None:
    """Forget them."""
    for table in ("page_proof", "page_link_revoked", "page_link"):
        op.drop_table(table)
