"""The console: who may come in, the order of the work, notes, and what search looks at."""

from alembic import op
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    LargeBinary,
    text,
)

from infra.migrations.columns import instant, recorded, words

revision = "0031"
down_revision: str | None = "0030"

_PERSON = (["creditor", "name"], ["console_person.creditor", "console_person.name"])
_ACCOUNT = (["creditor", "customer"], ["account.creditor", "account.customer"])
_POINTS = ("score", "money", "days", "promises", "by_class", "work")


def upgrade() -> None:
    """Make the tables, and the indexes of the search."""
    _people()
    _sessions()
    _work()
    _search()


def downgrade() -> None:
    """Drop them, with all they hold."""
    for name in ("open", "amount", "number_words"):
        op.drop_index(f"ix_case_file_{name}", "case_file")
    op.drop_index("ix_account_name_words", "account")
    tables = ("note", "worklist", "console_passkey", "console_session", "console_invitation")
    for table in (*tables, "console_person"):
        op.drop_table(table)
    op.execute("DROP EXTENSION IF EXISTS pg_trgm")


def _people() -> None:
    op.create_table(
        "console_person",
        words("creditor", primary_key=True),
        words("name", primary_key=True),
        words("role"),
        words("zone"),
        recorded("created_at"),
        instant("removed_at", nullable=True),
        CheckConstraint(
            "role IN ('collector', 'supervisor', 'sales', 'auditor', 'admin')", name="role"
        ),
    )
    op.create_table(
        "console_invitation",
        words("sha256", primary_key=True),
        words("creditor"),
        words("name"),
        words("by_whom"),
        recorded("created_at"),
        instant("until"),
        instant("used_at", nullable=True),
        ForeignKeyConstraint(*_PERSON),
    )


def _sessions() -> None:
    op.create_table(
        "console_session",
        words("sha256", primary_key=True),
        words("creditor"),
        words("name"),
        words("opened_by"),
        recorded("opened_at"),
        recorded("seen_at"),
        instant("ended_at", nullable=True),
        ForeignKeyConstraint(*_PERSON),
        Index("ix_console_session_person", "creditor", "name"),
    )
    op.create_table(
        "console_passkey",
        words("id", primary_key=True),
        words("creditor"),
        words("name"),
        Column("public_key", LargeBinary, nullable=False),
        Column("sign_count", BigInteger, nullable=False, server_default=text("0")),
        recorded("created_at"),
        ForeignKeyConstraint(*_PERSON),
        Index("ix_console_passkey_person", "creditor", "name"),
    )


def _work() -> None:
    points = (Column(name, Integer, nullable=False, server_default=text("0")) for name in _POINTS)
    op.create_table(
        "worklist",
        words("creditor", primary_key=True),
        words("customer", primary_key=True),
        *points,
        instant("snoozed_until", nullable=True),
        words("snoozed_by"),
        ForeignKeyConstraint(*_ACCOUNT),
        *(Index(f"ix_worklist_{name}", "creditor", name, "customer") for name in _POINTS[:3]),
    )
    op.create_table(
        "note",
        Column("id", BigInteger, Identity(always=True), primary_key=True),
        words("creditor"),
        words("customer"),
        words("case_id"),
        words("said"),
        words("by_whom"),
        recorded(),
        ForeignKeyConstraint(*_ACCOUNT),
        Index("ix_note_account", "creditor", "customer", "recorded_at"),
    )


def _search() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    for table, column in (("account", "name"), ("case_file", "number")):
        op.create_index(
            f"ix_{table}_{column}_words",
            table,
            [column],
            postgresql_using="gin",
            postgresql_ops={column: "gin_trgm_ops"},
        )
    op.create_index("ix_case_file_amount", "case_file", ["creditor", "amount"])
    op.create_index(
        "ix_case_file_open", "case_file", ["creditor", "open"], postgresql_where=text("open > 0")
    )
