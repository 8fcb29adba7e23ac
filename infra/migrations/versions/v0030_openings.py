"""When a customer's newest invoices were opened: messages wait until the account has settled."""

from alembic import op

revision = "0030"
down_revision: str | None = "0029"
_OPENED = "ix_case_file_account_opened"


def upgrade() -> None:
    """Find the newest openings of an account."""
    op.create_index(_OPENED, "case_file", ["creditor", "customer", "opened_at"])


def downgrade() -> None:
    """Forget it."""
    op.drop_index(_OPENED, "case_file")
