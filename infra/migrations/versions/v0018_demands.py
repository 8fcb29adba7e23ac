"""What each message asked for, so that the ladder knows whether it covers what is owed now."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision: str | None = "0017"


def upgrade() -> None:
    """Keep the sum with the deed; older ones keep none, and what was open stands for it."""
    op.add_column("deed", sa.Column("asked", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    """Forget it."""
    op.drop_column("deed", "asked")
