"""Exact money, agreements that are kept, one voice: what the ledger must remember for them."""

from typing import Any

from alembic import op
from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from infra.migrations.columns import instant, minor, recorded, words

revision = "0005"
down_revision: str | None = "0004"

_GROWS = ("contact", "credit_change", "evidence", "account_flag")


def upgrade() -> None:
    """Add columns and tables."""
    for table, columns in _columns().items():
        for column in columns:
            op.add_column(table, column)
    _contact()
    _credit_change()
    _account_flag()
    _evidence()
    _policy_choice()
    for table in _GROWS:
        op.execute(
            f"CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )


def downgrade() -> None:
    """Take them away, with all they hold."""
    for table in ("policy_choice", "evidence", "account_flag", "credit_change", "contact"):
        op.drop_table(table)
    for table, columns in _columns().items():
        for column in columns:
            op.drop_column(table, column.name)


def _columns() -> dict[str, list[Column[Any]]]:
    return {
        "account": [
            words("kind"),
            Column("do_not_contact", Boolean, nullable=False, server_default=false()),
            Column("vulnerable", Boolean, nullable=False, server_default=false()),
            Column("credit", Text, nullable=False, server_default=text("'ok'")),
            instant("erased_at", nullable=True),
        ],
        "case_file": [
            minor("first_amount", nullable=True),
            Column("first_due", Date),
            minor("discount", nullable=True),
            Column("discount_until", Date),
            minor("discount_taken", default=0),
            minor("charged", default=0),
            minor("costs_paid", default=0),
            minor("costs_left", default=0),
            *(_count(name) for name in _PROMISES),
        ],
        "message": [
            words("channel"),
            words("owner"),
            words("approved_by"),
            Column("parts", JSONB(none_as_null=True)),
            instant("check_at", nullable=True),
        ],
        "deed": [minor("charged", default=0), words("ground")],
        "payment": [Column("kind", Text, nullable=False, server_default=text("'payment'"))],
    }


_PROMISES = ("promises_made", "promises_kept", "promises_late", "promises_part")


def _count(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default=text("0"))


def _of_account(*more: Any) -> tuple[Any, ...]:
    link = ForeignKeyConstraint(["creditor", "customer"], ["account.creditor", "account.customer"])
    return (words("creditor"), words("customer"), *more, recorded(), link)


def _id() -> Column[int]:
    return Column("id", BigInteger, Identity(always=True), primary_key=True)


def _contact() -> None:
    op.create_table(
        "contact",
        _id(),
        *_of_account(
            words("key"),
            instant("at"),
            words("what"),
            words("channel"),
            words("case_id"),
            Column("cases", Integer, nullable=False, server_default=text("1")),
            words("by_whom"),
        ),
        UniqueConstraint("creditor", "customer", "key"),
        Index("ix_contact_account_at", "creditor", "customer", "at"),
        CheckConstraint("what IN ('message', 'call', 'conversation')", name="what"),
    )


def _credit_change() -> None:
    op.create_table(
        "credit_change",
        _id(),
        *_of_account(
            instant("at"),
            words("before"),
            words("after"),
            words("why"),
            words("case_id"),
            words("by_whom"),
        ),
        Index("ix_credit_change_account", "creditor", "customer"),
        CheckConstraint("after IN ('ok', 'held', 'cash_only')", name="after"),
    )


def _account_flag() -> None:
    op.create_table(
        "account_flag",
        _id(),
        *_of_account(
            words("flag"),
            Column("is_on", Boolean, nullable=False),
            words("why"),
            words("by_whom"),
        ),
        Index("ix_account_flag_account", "creditor", "customer"),
    )


def _evidence() -> None:
    op.create_table(
        "evidence",
        _id(),
        Column("case_id", Text, ForeignKey("case_file.case_id"), nullable=False),
        words("ref"),
        words("name"),
        words("media_type"),
        words("sha256"),
        Column("body", LargeBinary, nullable=False),
        words("note"),
        words("by_whom"),
        recorded(),
        UniqueConstraint("case_id", "sha256"),
    )


def _policy_choice() -> None:
    op.create_table(
        "policy_choice",
        words("creditor", primary_key=True),
        words("customer", primary_key=True),
        Column("policy_sha", Text, ForeignKey("policy.sha256"), nullable=False),
        words("by_whom"),
        recorded(),
    )
