"""Terms in parts: an invoice may fall due in several parts, each on its own day."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0028"
down_revision: str | None = "0027"

_COLUMNS = ("terms", "terms_now")


def upgrade() -> None:
    """Keep them with the case; every older case falls due on one day."""
    for name in _COLUMNS:
        op.add_column("case_file", sa.Column(name, JSONB(none_as_null=True)))


def downgrade() -> None:
    """Forget them."""
    for name in _COLUMNS:
        op.drop_column("case_file", name)
