"""The address that a report is about: late bounces name nothing else."""

from alembic import op

from infra.migrations.columns import words

revision = "0020"
down_revision: str | None = "0019"
_LOOSE = "ix_provider_event_loose"


def upgrade() -> None:
    """Keep the address beside the report, and let erasing empty it."""
    op.add_column("provider_event", words("recipient"))
    op.create_index(_LOOSE, "provider_event", ["recipient"], postgresql_where="recipient <> ''")
    _guard("'raw', 'recipient'")


def downgrade() -> None:
    """Forget it."""
    _guard("'raw'")
    op.drop_index(_LOOSE)
    op.drop_column("provider_event", "recipient")


def _guard(personal: str) -> None:
    op.execute("DROP TRIGGER only_grows ON provider_event")
    op.execute(
        "CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON provider_event "
        f"FOR EACH ROW EXECUTE FUNCTION refuse_change({personal})"
    )
