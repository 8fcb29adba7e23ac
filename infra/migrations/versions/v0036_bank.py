"""Bank accounts, what was booked on them, and by whom customers are known to pay."""

from alembic import op
from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    Text,
    false,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY

from infra.migrations.columns import instant, minor, recorded, words

revision = "0036"
down_revision: str | None = "0035"
_STATES = "'new', 'open', 'posted', 'returned', 'reversal', 'dismissed', 'batch'"


def upgrade() -> None:
    """Make the tables."""
    _account()
    _entry()
    _proposal()
    _payer()


def downgrade() -> None:
    """Drop them, with all they hold."""
    for table in ("bank_payer", "bank_proposal", "bank_entry", "bank_account"):
        op.drop_table(table)


def _texts(name: str) -> Column[list[str]]:
    return Column(name, ARRAY(Text), nullable=False, server_default="{}")


def _account() -> None:
    op.create_table(
        "bank_account",
        words("creditor", primary_key=True),
        words("account", primary_key=True),
        Column("known_until", Date, nullable=False),
        Column("is_active", Boolean, nullable=False, server_default=true()),
        words("currency"),
        minor("closing", nullable=True),
        Column("closing_day", Date),
        recorded(),
        instant("imported_at"),
    )


def _entry() -> None:
    op.create_table(
        "bank_entry",
        words("creditor", primary_key=True),
        words("id", primary_key=True),
        words("account"),
        words("kind"),
        words("currency"),
        minor("amount"),
        Column("is_credit", Boolean, nullable=False),
        Column("booked", Date, nullable=False),
        Column("valued", Date, nullable=False),
        _texts("refs"),
        words("end_to_end_mark"),
        words("words_mark"),
        words("payer_mark"),
        words("end_to_end"),
        _texts("structured"),
        _texts("lines"),
        words("payer_name"),
        words("payer_account"),
        Column("is_return", Boolean, nullable=False, server_default=false()),
        words("return_code"),
        _texts("returned"),
        Column("count", Integer, nullable=False, server_default="1"),
        words("state"),
        words("customer"),
        words("reason"),
        words("why"),
        words("payment"),
        Column("attempt", Integer, nullable=False, server_default="1"),
        words("by_whom"),
        words("takes_back"),
        recorded(),
        CheckConstraint("amount > 0", name=op.f("ck_bank_entry_positive")),
        CheckConstraint(f"state IN ({_STATES})", name=op.f("ck_bank_entry_state")),
        Index("ix_bank_entry_account", "creditor", "account", "booked"),
        Index("ix_bank_entry_state", "creditor", "state", "booked"),
        Index("ix_bank_entry_customer", "creditor", "customer"),
    )


def _proposal() -> None:
    op.create_table(
        "bank_proposal",
        words("creditor", primary_key=True),
        words("entry", primary_key=True),
        Column("place", Integer, primary_key=True),
        words("customer"),
        _texts("cases"),
        words("reason"),
        words("why"),
        ForeignKeyConstraint(["creditor", "entry"], ["bank_entry.creditor", "bank_entry.id"]),
        Index("ix_bank_proposal_customer", "creditor", "customer"),
    )


def _payer() -> None:
    op.create_table(
        "bank_payer",
        words("creditor", primary_key=True),
        words("customer", primary_key=True),
        words("account", primary_key=True),
        words("name", primary_key=True),
        words("learned_from"),
        recorded(),
        ForeignKeyConstraint(["creditor", "customer"], ["account.creditor", "account.customer"]),
        Index("ix_bank_payer_entry", "creditor", "learned_from"),
    )
