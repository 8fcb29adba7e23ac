"""A message that a provider put off says itself until when: whoever takes it up next must know."""

from alembic import op

from infra.migrations.columns import instant

revision = "0010"
down_revision: str | None = "0009"


def upgrade() -> None:
    """Add the instant."""
    op.add_column("outbound_message", instant("not_before", nullable=True))


def downgrade() -> None:
    """Forget it."""
    op.drop_column("outbound_message", "not_before")
