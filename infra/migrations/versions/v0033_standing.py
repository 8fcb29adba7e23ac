"""Lists of the console: cases of a stage by when something comes next, customers on hold."""

from alembic import op
from sqlalchemy import text

revision = "0033"
down_revision: str | None = "0032"


def upgrade() -> None:
    """Make the indexes."""
    op.create_index(
        "ix_case_file_standing",
        "case_file",
        ["creditor", "stage", text("coalesce(next_at, 'infinity'::timestamptz)"), "case_id"],
        postgresql_where=text("stage IN ('promised', 'disputed', 'paused', 'with_agency')"),
    )
    op.create_index(
        "ix_account_credit",
        "account",
        ["creditor", "customer"],
        postgresql_where=text("credit <> 'ok'"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_account_credit", "account")
    op.drop_index("ix_case_file_standing", "case_file")
