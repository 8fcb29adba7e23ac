"""Who comes into the console by the company's own provider is known by the provider's id."""

from alembic import op
from sqlalchemy import text

from infra.migrations.columns import words

revision = "0044"
down_revision: str | None = "0043"
_SUBJECT = "ix_console_person_subject"


def upgrade() -> None:
    """Make the column, and let nobody be two people of one creditor."""
    op.add_column("console_person", words("subject"))
    op.create_index(
        _SUBJECT,
        "console_person",
        ["creditor", "subject"],
        unique=True,
        postgresql_where=text("subject <> ''"),
    )


def downgrade() -> None:
    """Drop both."""
    op.drop_index(_SUBJECT, "console_person")
    op.drop_column("console_person", "subject")
