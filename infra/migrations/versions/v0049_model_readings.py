"""Which answers a model was asked about, and how many on a day."""

import sqlalchemy as sa
from alembic import op

from infra.migrations.columns import recorded, words

revision = "0049"
down_revision: str | None = "0048"


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "reply_reading",
        sa.Column("reply", sa.Text, sa.ForeignKey("reply.key"), primary_key=True),
        words("creditor"),
        words("state"),
        recorded(),
    )
    op.create_table(
        "model_use",
        words("creditor", primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("calls", sa.Integer, nullable=False, server_default=sa.text("0")),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("model_use")
    op.drop_table("reply_reading")
