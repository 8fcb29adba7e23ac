"""What letters need: how a creditor signs and is paid, and the copy of an invoice they attach."""

from typing import Any

from alembic import op
from sqlalchemy import Column, text

from infra.migrations.columns import words

revision = "0013"
down_revision: str | None = "0012"

_ONCE = ["case_id", "sha256"]

# What was kept twice, as a file and as the invoice, can be kept only once again.
_DOUBLES = """
DELETE FROM evidence AS one USING evidence AS other
WHERE one.case_id = other.case_id AND one.sha256 = other.sha256 AND one.id > other.id
"""


def upgrade() -> None:
    """Add columns; the same content may be kept once as a file, and again as the invoice."""
    for table, columns in _columns().items():
        for column in columns:
            op.add_column(table, column)
    op.create_check_constraint("role", "evidence", "role IN ('', 'invoice')")
    op.drop_constraint("uq_evidence_case_id_sha256", "evidence", type_="unique")
    plain = text("role = ''")
    op.create_index("ix_evidence_once", "evidence", _ONCE, unique=True, postgresql_where=plain)
    op.create_index("ix_evidence_case_id", "evidence", ["case_id"])
    op.alter_column("account", "language", server_default="")


def downgrade() -> None:
    """Take them away, with all they hold."""
    op.alter_column("account", "language", server_default="en")
    op.drop_index("ix_evidence_case_id", "evidence")
    op.drop_index("ix_evidence_once", "evidence")
    op.execute("ALTER TABLE evidence DISABLE TRIGGER only_grows")
    op.execute(_DOUBLES)
    op.execute("ALTER TABLE evidence ENABLE TRIGGER only_grows")
    op.create_unique_constraint(None, "evidence", _ONCE)
    op.drop_constraint("role", "evidence", type_="check")
    for table, columns in _columns().items():
        for column in columns:
            op.drop_column(table, column.name)


def _columns() -> dict[str, list[Column[Any]]]:
    creditor = ("sender_name", "signature", "languages", "reference")
    return {
        "creditor": [words(name) for name in creditor],
        "evidence": [words("role")],
        "case_file": [words("reference")],
    }
