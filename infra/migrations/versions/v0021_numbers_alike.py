"""Numbers whose digits are the same: their payment references may be, too."""

from alembic import op
from sqlalchemy import text

revision = "0021"
down_revision: str | None = "0020"
_DIGITS = "ix_case_file_digits"


def upgrade() -> None:
    """Find the invoices of a creditor by the digits of their numbers."""
    digits = text("ltrim(regexp_replace(number, '[^0-9]', '', 'g'), '0')")
    op.create_index(_DIGITS, "case_file", ["creditor", digits])


def downgrade() -> None:
    """Forget it."""
    op.drop_index(_DIGITS)
