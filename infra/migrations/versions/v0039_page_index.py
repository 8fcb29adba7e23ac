"""Indexes for a million cases: a page of a creditor's by due date, and what was half opened."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision: str | None = "0038"
_PAGE, _HALF = "ix_case_file_creditor_due", "ix_case_file_half_opened"


def upgrade() -> None:
    """Make them: without the first every page sorted all of a creditor's cases."""
    op.create_index(_PAGE, "case_file", ["creditor", "due", "case_id"])
    half = sa.text("decision IS NULL AND NOT parked")
    op.create_index(_HALF, "case_file", ["case_id"], postgresql_where=half)


def downgrade() -> None:
    """Forget them."""
    op.drop_index(_HALF, "case_file")
    op.drop_index(_PAGE, "case_file")
