"""Indexes for reports: what was said since a day, and which cases an agency had."""

from alembic import op
from sqlalchemy import text

revision = "0006"
down_revision: str | None = "0005"


def upgrade() -> None:
    """Add the indexes."""
    op.create_index("ix_message_at", "message", ["at"])
    agency = text("\"do\" IN ('hand_off', 'recall')")
    op.create_index("ix_deed_agency", "deed", ["case_id", "at"], postgresql_where=agency)


def downgrade() -> None:
    """Take them away."""
    op.drop_index("ix_deed_agency", "deed")
    op.drop_index("ix_message_at", "message")
