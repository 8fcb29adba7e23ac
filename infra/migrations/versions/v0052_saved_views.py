"""Views of the worklist and of the search that people keep under names of their own."""

import sqlalchemy as sa
from alembic import op

from infra.migrations.columns import recorded, words

revision = "0052"
down_revision: str | None = "0051"


def upgrade() -> None:
    """Keep them."""
    op.create_table(
        "console_view",
        words("creditor", primary_key=True),
        words("name", primary_key=True),
        words("label", primary_key=True),
        words("part"),
        words("by_what"),
        words("sought"),
        recorded(),
        sa.ForeignKeyConstraint(
            ["creditor", "name"], ["console_person.creditor", "console_person.name"]
        ),
    )


def downgrade() -> None:
    """Forget them."""
    op.drop_table("console_view")
