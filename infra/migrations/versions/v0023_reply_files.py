"""The files that debtors send with their answers."""

from alembic import op
from sqlalchemy import BigInteger, Column, ForeignKey, Integer, LargeBinary, Text, text

from infra.migrations.columns import words

revision = "0023"
down_revision: str | None = "0022"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "reply_file",
        Column("reply", Text, ForeignKey("reply.key"), primary_key=True),
        words("sha256", primary_key=True),
        Column("position", Integer, nullable=False, server_default=text("0")),
        words("name"),
        words("media_type"),
        Column("size", BigInteger, nullable=False, server_default=text("0")),
        words("fate"),
        Column("body", LargeBinary, nullable=False, server_default=text("''")),
    )


def downgrade() -> None:
    """Drop it, with all it holds."""
    op.drop_table("reply_file")
