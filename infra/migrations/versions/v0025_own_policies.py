"""Whether an invoice was opened with a policy of its own."""

from alembic import op
from sqlalchemy import Boolean, Column, false

revision = "0025"
down_revision: str | None = "0024"


def upgrade() -> None:
    """Of older invoices nobody knows: they follow what is chosen for all."""
    own = Column("own_policy", Boolean, nullable=False, server_default=false())
    op.add_column("case_file", own)


def downgrade() -> None:
    """Forget it."""
    op.drop_column("case_file", "own_policy")
