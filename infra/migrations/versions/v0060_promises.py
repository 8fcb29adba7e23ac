"""An index of the promises that count, which a report looks for among all messages."""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision: str | None = "0059"
_PROMISES = "ix_message_promise"


def upgrade() -> None:
    """Make it: without it a report looks at each message to find the few."""
    some = sa.text("kind = 'promise' AND status = 'applied'")
    op.create_index(_PROMISES, "message", ["case_id", "at"], postgresql_where=some)


def downgrade() -> None:
    """Forget it."""
    op.drop_index(_PROMISES, "message")
