"""What the reconciler remembers from round to round: cases that are stuck, and how rounds ended."""

from alembic import op
from sqlalchemy import Column, Integer, text

from infra.migrations.columns import instant, recorded, words

revision = "0019"
down_revision: str | None = "0018"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "stuck_case",
        words("case_id", primary_key=True),
        Column("rounds", Integer, nullable=False, server_default=text("0")),
        Column("attempts", Integer, nullable=False, server_default=text("0")),
        words("failure"),
        recorded("since"),
    )
    op.create_table(
        "round_part",
        words("name", primary_key=True),
        instant("begun_at", nullable=True),
        instant("ended_at", nullable=True),
        Column("failures", Integer, nullable=False, server_default=text("0")),
        words("failure"),
    )


def downgrade() -> None:
    """Drop them, with all they hold."""
    op.drop_table("round_part")
    op.drop_table("stuck_case")
