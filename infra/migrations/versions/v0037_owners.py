"""Whom a colleague looks after, found without reading all customers."""

from alembic import op
from sqlalchemy import text

revision = "0037"
down_revision: str | None = "0036"
_OWNER = "ix_account_owner"


def upgrade() -> None:
    """Make the index."""
    columns = ["creditor", "owner", "customer"]
    op.create_index(_OWNER, "account", columns, postgresql_where=text("owner <> ''"))


def downgrade() -> None:
    """Drop it."""
    op.drop_index(_OWNER, "account")
