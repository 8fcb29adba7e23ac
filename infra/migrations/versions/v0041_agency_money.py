"""What agencies collected, kept and paid out; and keys of their own for agencies."""

import sqlalchemy as sa
from alembic import op

from infra.migrations.columns import instant, minor, recorded, words

revision = "0041"
down_revision: str | None = "0040"


def upgrade() -> None:
    """Keep it."""
    op.create_table(
        "agency_money",
        words("creditor", primary_key=True),
        words("agency", primary_key=True),
        words("id", primary_key=True),
        sa.Column("case_id", sa.Text, sa.ForeignKey("case_file.case_id"), nullable=False),
        words("currency"),
        minor("collected"),
        minor("fee"),
        minor("paid_out"),
        instant("at"),
        words("reverses"),
        words("by_whom"),
        recorded(),
    )
    op.create_index("ix_agency_money_case_id", "agency_money", ["case_id"])
    op.drop_constraint("role", "api_key", type_="check")
    op.create_check_constraint(
        "role", "api_key", "role IN ('billing', 'collector', 'reader', 'agency')"
    )


def downgrade() -> None:
    """Forget it."""
    op.execute("DELETE FROM api_key WHERE role = 'agency'")
    op.drop_constraint("role", "api_key", type_="check")
    op.create_check_constraint("role", "api_key", "role IN ('billing', 'collector', 'reader')")
    op.drop_table("agency_money")
