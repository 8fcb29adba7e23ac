"""What people change of letters to come, how each change ended, and the letter that left."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from infra.migrations.columns import instant, recorded, words

revision = "0048"
down_revision: str | None = "0047"


def upgrade() -> None:
    """Keep them."""
    op.create_table(
        "letter_change",
        sa.Column("id", sa.Uuid, primary_key=True),
        words("creditor"),
        words("customer"),
        sa.Column("case_id", sa.Text, sa.ForeignKey("case_file.case_id"), nullable=False),
        words("passage"),
        sa.Column("instead", sa.Boolean, nullable=False),
        words("recipient"),
        sa.Column("ground", JSONB(none_as_null=True), nullable=False),
        sa.Column("cases", ARRAY(sa.Text), nullable=False),
        words("by_whom"),
        instant("at"),
        recorded(),
        sa.ForeignKeyConstraint(["creditor", "customer"], ["account.creditor", "account.customer"]),
    )
    op.create_index("ix_letter_change_account", "letter_change", ["creditor", "customer"])
    op.create_index("ix_letter_change_case_id", "letter_change", ["case_id"])
    op.create_table(
        "letter_change_end",
        sa.Column("change_id", sa.Uuid, sa.ForeignKey("letter_change.id"), primary_key=True),
        words("how"),
        words("why"),
        words("by_whom"),
        words("message_id"),
        words("subject"),
        words("body"),
        words("html"),
        recorded("at"),
    )


def downgrade() -> None:
    """Forget them."""
    op.drop_table("letter_change_end")
    op.drop_table("letter_change")
