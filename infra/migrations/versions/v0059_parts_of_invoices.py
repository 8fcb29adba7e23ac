"""An index of the invoices that fall due in parts, which reports count apart from the others."""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision: str | None = "0058"
_PARTS = "ix_case_file_parts"


def upgrade() -> None:
    """Make it: without it a report looks at each invoice to find the few."""
    some = sa.text("terms_now IS NOT NULL")
    op.create_index(_PARTS, "case_file", ["creditor", "case_id"], postgresql_where=some)


def downgrade() -> None:
    """Forget it."""
    op.drop_index(_PARTS, "case_file")
