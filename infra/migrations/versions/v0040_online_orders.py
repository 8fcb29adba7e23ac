"""Orders to pay online: what was asked for, where it is paid, and by which payment it was."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from infra.migrations.columns import instant, recorded, words

revision = "0040"
down_revision: str | None = "0039"


def upgrade() -> None:
    """Keep them."""
    op.create_table(
        "online_order",
        sa.Column("id", sa.Uuid, primary_key=True),
        words("creditor"),
        words("customer"),
        words("provider"),
        words("reference"),
        words("url"),
        sa.Column("cases", JSONB(none_as_null=True), nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False),
        words("currency"),
        instant("at"),
        instant("until"),
        words("payment"),
        sa.Column("refunded", sa.BigInteger, nullable=False, server_default="0"),
        recorded(),
        sa.ForeignKeyConstraint(["creditor", "customer"], ["account.creditor", "account.customer"]),
    )
    op.create_index("ix_online_order_account", "online_order", ["creditor", "customer", "until"])
    op.create_index("ix_online_order_payment", "online_order", ["provider", "payment"])


def downgrade() -> None:
    """Forget them."""
    op.drop_table("online_order")
