"""The last day on which money earns an invoice's discount: of a day off, the next banking day."""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision: str | None = "0054"


def upgrade() -> None:
    """Add it; cases that were opened before have the day of the discount until they hear more."""
    op.add_column("case_file", sa.Column("discount_day", sa.Date))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("case_file", "discount_day")
