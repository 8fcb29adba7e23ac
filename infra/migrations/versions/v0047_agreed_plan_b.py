"""An agreement may name its own Plan B: an agency, a lawyer, or a person."""

from alembic import op

from infra.migrations.columns import words

revision = "0047"
down_revision: str | None = "0046"


def upgrade() -> None:
    """Make the column."""
    op.add_column("message", words("plan_b"))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("message", "plan_b")
