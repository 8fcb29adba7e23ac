"""Where the reconciler has got to among all cases, and indexes by which it goes through them."""

import sqlalchemy as sa
from alembic import op

from infra.migrations.columns import instant, words

revision = "0029"
down_revision: str | None = "0028"

_LIVING = sa.text("outcome = '' AND NOT parked")


def upgrade() -> None:
    """Keep it with the parts of its round."""
    op.add_column("round_part", words("place"))
    op.add_column("round_part", instant("place_at", nullable=True))
    op.create_index("ix_case_file_running", "case_file", ["case_id"], postgresql_where=_LIVING)
    op.create_index("ix_case_file_recorded_at", "case_file", ["recorded_at"])


def downgrade() -> None:
    """Forget it."""
    op.drop_index("ix_case_file_recorded_at", "case_file")
    op.drop_index("ix_case_file_running", "case_file")
    op.drop_column("round_part", "place_at")
    op.drop_column("round_part", "place")
