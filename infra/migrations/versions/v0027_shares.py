"""What one invoice means for the customer's others: a surplus, or a rest too small alone."""

import sqlalchemy as sa
from alembic import op

from infra.migrations.columns import instant, minor

revision = "0027"
down_revision: str | None = "0026"

_SPARE = """
UPDATE case_file
SET spare = CASE WHEN withdrawn THEN paid + costs_paid + surplus ELSE surplus END
WHERE surplus > 0 OR (withdrawn AND paid + costs_paid > 0)
"""
# What waits for nothing though something is open was found too small to be chased.
_SMALL = """
UPDATE case_file
SET small_rest = open + costs_left - disputed, small_since = now()
WHERE outcome = '' AND NOT withdrawn AND NOT parked AND decision IS NOT NULL
AND next_do = 'wait' AND next_at IS NULL AND open + costs_left - disputed > 0
"""


def upgrade() -> None:
    """Keep it with the case; what is known of older cases is put in."""
    op.add_column("case_file", minor("spare", default=0))
    op.add_column("case_file", minor("small_rest", default=0))
    op.add_column("case_file", instant("small_since", nullable=True))
    op.execute(_SPARE)
    op.execute(_SMALL)
    op.create_index(
        "ix_case_file_share",
        "case_file",
        ["creditor", "customer"],
        postgresql_where=sa.text("spare > 0 OR small_rest > 0"),
    )


def downgrade() -> None:
    """Forget it."""
    op.drop_index("ix_case_file_share", "case_file")
    for name in ("small_since", "small_rest", "spare"):
        op.drop_column("case_file", name)
