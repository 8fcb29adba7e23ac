"""A statement of account is an entry of its own in the contact book."""

from alembic import op

revision = "0045"
down_revision: str | None = "0044"

_BEFORE = "'message', 'answer', 'call', 'conversation', 'call_planned'"


def upgrade() -> None:
    """Widen the contact book."""
    op.drop_constraint("what", "contact", type_="check")
    op.create_check_constraint("what", "contact", f"what IN ({_BEFORE}, 'statement')")


def downgrade() -> None:
    """Count the statements of account as answers."""
    op.execute("UPDATE contact SET what = 'answer' WHERE what = 'statement'")
    op.drop_constraint("what", "contact", type_="check")
    op.create_check_constraint("what", "contact", f"what IN ({_BEFORE})")
