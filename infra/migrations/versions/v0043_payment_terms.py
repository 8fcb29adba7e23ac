"""The payment terms that were agreed with a customer, for invoices that tell no due date."""

from alembic import op

from infra.migrations.columns import words

revision = "0043"
down_revision: str | None = "0042"


def upgrade() -> None:
    """Keep them."""
    op.add_column("account", words("payment_terms"))


def downgrade() -> None:
    """Take them away, with all they hold."""
    op.drop_column("account", "payment_terms")
