"""Calls that somebody was asked to make, and tasks about several cases of one customer."""

from alembic import op
from sqlalchemy import Column, Text, text
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0026"
down_revision: str | None = "0025"

_BEFORE = "'message', 'answer', 'call', 'conversation'"


def upgrade() -> None:
    """Widen the contact book, and let a task name further cases."""
    op.drop_constraint("what", "contact", type_="check")
    op.create_check_constraint("what", "contact", f"what IN ({_BEFORE}, 'call_planned')")
    none = text("'{}'")
    op.add_column("task", Column("also", ARRAY(Text), nullable=False, server_default=none))


def downgrade() -> None:
    """Forget the calls that were asked for, and the further cases."""
    op.drop_column("task", "also")
    op.execute("DELETE FROM contact WHERE what = 'call_planned'")
    op.drop_constraint("what", "contact", type_="check")
    op.create_check_constraint("what", "contact", f"what IN ({_BEFORE})")
