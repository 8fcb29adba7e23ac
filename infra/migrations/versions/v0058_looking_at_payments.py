"""When to ask a payment provider how a payment stands, and its orders by the provider's own id."""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision: str | None = "0057"

_LOOK, _PLACE = "ix_online_order_look", "ix_online_order_place"


def upgrade() -> None:
    """Keep the instant; it is empty where nothing is asked any more."""
    op.add_column("online_order", sa.Column("look_at", sa.DateTime(timezone=True)))
    waiting = sa.text("look_at IS NOT NULL")
    op.create_index(_LOOK, "online_order", ["look_at"], postgresql_where=waiting)
    op.create_index(_PLACE, "online_order", ["provider", "reference"])


def downgrade() -> None:
    """Forget it."""
    op.drop_index(_PLACE, "online_order")
    op.drop_index(_LOOK, "online_order")
    op.drop_column("online_order", "look_at")
