"""The language in which a person of the console reads."""

from alembic import op

from infra.migrations.columns import words

revision = "0050"
down_revision: str | None = "0049"


def upgrade() -> None:
    """Make the column."""
    op.add_column("console_person", words("language"))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("console_person", "language")
