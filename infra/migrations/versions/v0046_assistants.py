"""Keys of assistants, and what assistants did for whom."""

import sqlalchemy as sa
from alembic import op

from infra.migrations.columns import recorded, words

revision = "0046"
down_revision: str | None = "0045"

_BEFORE = "role IN ('billing', 'collector', 'reader', 'agency')"
_AFTER = "role IN ('billing', 'collector', 'reader', 'agency', 'assistant')"


def upgrade() -> None:
    """Let a key be an assistant's, and make the table of its acts."""
    _roles(_AFTER)
    op.create_table(
        "assistant_act",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        words("creditor"),
        words("key_id"),
        words("label"),
        words("person"),
        words("act"),
        words("customer"),
        words("case_id"),
        words("outcome"),
        recorded("at"),
    )
    op.create_index("ix_assistant_act_creditor", "assistant_act", ["creditor", "id"])


def downgrade() -> None:
    """Forget them."""
    op.drop_table("assistant_act")
    op.execute("DELETE FROM api_key WHERE role = 'assistant'")
    _roles(_BEFORE)


def _roles(condition: str) -> None:
    op.drop_constraint("role", "api_key", type_="check")
    op.create_check_constraint("role", "api_key", condition)
