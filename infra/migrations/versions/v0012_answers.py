"""A written confirmation of what a customer agreed to is a contact of its own sort: an answer."""

from alembic import op

revision = "0012"
down_revision: str | None = "0011"


def upgrade() -> None:
    """Let the contact book hold answers."""
    _only("'message', 'answer', 'call', 'conversation'")


def downgrade() -> None:
    """Take answers for messages again."""
    op.execute("UPDATE contact SET what = 'message' WHERE what = 'answer'")
    _only("'message', 'call', 'conversation'")


def _only(kinds: str) -> None:
    op.drop_constraint("what", "contact", type_="check")
    op.create_check_constraint("what", "contact", f"what IN ({kinds})")
