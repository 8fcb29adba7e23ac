"""How fast providers are given messages, and the turns of those that wait."""

from alembic import op

from infra.migrations.columns import instant, words

revision = "0038"
down_revision: str | None = "0037"


def upgrade() -> None:
    """Keep the first free turn of each channel, and who waits for which."""
    op.create_table(
        "provider_pace",
        words("channel", primary_key=True),
        instant("free_from", nullable=True),
    )
    op.create_table(
        "provider_turn",
        words("channel", primary_key=True),
        words("case_id", primary_key=True),
        instant("at"),
    )
    op.create_index("ix_provider_turn_channel_at", "provider_turn", ["channel", "at"])


def downgrade() -> None:
    """Forget both."""
    op.drop_table("provider_turn")
    op.drop_table("provider_pace")
