"""Who said how a customer is reached, and what else was said and not taken."""

from alembic import op
from sqlalchemy import Column, text
from sqlalchemy.dialects.postgresql import JSONB

revision = "0017"
down_revision: str | None = "0016"


def upgrade() -> None:
    """Add the column; of what is known so far nobody knows who said it."""
    told_by = Column("told_by", JSONB, nullable=False, server_default=text("'{}'"))
    op.add_column("account", told_by)


def downgrade() -> None:
    """Drop it, with what it holds."""
    op.drop_column("account", "told_by")
