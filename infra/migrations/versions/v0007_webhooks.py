"""What other systems are told."""

from alembic import op
from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Text,
    text,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from infra.migrations.columns import instant, recorded, words

revision = "0007"
down_revision: str | None = "0006"


def upgrade() -> None:
    """Make the tables."""
    _happening()
    _endpoint()
    _delivery()
    op.execute(
        "CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON happening "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )


def downgrade() -> None:
    """Drop them, with all they hold."""
    for table in ("webhook_delivery", "webhook_endpoint", "happening"):
        op.drop_table(table)


def _happening() -> None:
    op.create_table(
        "happening",
        words("id", primary_key=True),
        words("creditor"),
        words("customer"),
        words("case_id"),
        words("kind"),
        instant("at"),
        Column("data", JSONB, nullable=False, server_default=text("'{}'")),
        recorded(),
        Index("ix_happening_creditor_recorded_at", "creditor", "recorded_at"),
    )


def _endpoint() -> None:
    op.create_table(
        "webhook_endpoint",
        words("creditor", primary_key=True),
        words("name", primary_key=True),
        Column("url", Text, nullable=False),
        Column("kinds", ARRAY(Text), nullable=False, server_default=text("'{}'")),
        Column("active", Boolean, nullable=False, server_default=true()),
        recorded("created_at"),
    )


def _delivery() -> None:
    op.create_table(
        "webhook_delivery",
        Column("happening", Text, ForeignKey("happening.id"), primary_key=True),
        words("creditor", primary_key=True),
        words("endpoint", primary_key=True),
        Column("attempts", Integer, nullable=False, server_default=text("0")),
        recorded("next_at"),
        Column("state", Text, nullable=False, server_default=text("'pending'")),
        Column("last_status", Integer, nullable=False, server_default=text("0")),
        words("last_detail"),
        ForeignKeyConstraint(
            ["creditor", "endpoint"],
            ["webhook_endpoint.creditor", "webhook_endpoint.name"],
            ondelete="CASCADE",
        ),
        CheckConstraint("state IN ('pending', 'delivered', 'given_up')", name="state"),
        Index("ix_webhook_delivery_due", "next_at", postgresql_where=text("state = 'pending'")),
        Index("ix_webhook_delivery_endpoint", "creditor", "endpoint", "state"),
    )
