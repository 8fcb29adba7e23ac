"""Money on the account: given back, or taken later by the invoices that somebody named."""

from alembic import op
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index

from infra.migrations.columns import instant, minor, recorded, words

revision = "0008"
down_revision: str | None = "0007"

_KEY = ("creditor", "source", "id", "case_id")


def upgrade() -> None:
    """A payment's part may be one of several for the same case; refunds get a table."""
    op.add_column("payment_part", words("allocation"))
    op.drop_constraint("pk_payment_part", "payment_part", type_="primary")
    op.create_primary_key("pk_payment_part", "payment_part", [*_KEY, "allocation"])
    op.create_table(
        "payment_refund",
        words("creditor", primary_key=True),
        words("refund", primary_key=True),
        words("source"),
        words("id"),
        minor("amount"),
        instant("at"),
        words("note"),
        words("by_whom"),
        recorded(),
        ForeignKeyConstraint(
            ["creditor", "source", "id"], ["payment.creditor", "payment.source", "payment.id"]
        ),
        CheckConstraint("amount > 0", name="positive"),
        Index("ix_payment_refund_payment", "creditor", "source", "id"),
    )
    op.execute(
        "CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON payment_refund "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )


def downgrade() -> None:
    """Drop the refunds; parts that were allocated later cannot be told apart any more."""
    op.drop_table("payment_refund")
    op.drop_constraint("pk_payment_part", "payment_part", type_="primary")
    op.create_primary_key("pk_payment_part", "payment_part", [*_KEY])
    op.drop_column("payment_part", "allocation")
