"""What may be done about a task is kept as values, and no longer as commands in its words."""

from alembic import op
from sqlalchemy import Column, text
from sqlalchemy.dialects.postgresql import JSONB

revision = "0015"
down_revision: str | None = "0014"


def upgrade() -> None:
    """Let a task hold acts with their fields."""
    empty = text("'[]'::jsonb")
    op.add_column("task", Column("suggestions", JSONB, nullable=False, server_default=empty))


def downgrade() -> None:
    """Forget them."""
    op.drop_column("task", "suggestions")
