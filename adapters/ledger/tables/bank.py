"""Tables of bank accounts, what was booked on them, and by whom customers are known to pay."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    false,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from adapters.ledger.tables.base import METADATA, instant_column, minor, recorded, words
from adapters.ledger.tables.people import OF_ACCOUNT

_OF_ENTRY = (["creditor", "entry"], ["bank_entry.creditor", "bank_entry.id"])


def _texts(name: str) -> Column[list[str]]:
    return Column(name, ARRAY(Text), nullable=False, server_default="{}")


# The creditor's own accounts: up to which day their bookings are known, and what stood there.
bank_account = Table(
    "bank_account",
    METADATA,
    words("creditor", primary_key=True),
    words("account", primary_key=True),
    Column("known_until", Date, nullable=False),
    Column("is_active", Boolean, nullable=False, server_default=true()),
    words("currency"),
    minor("closing", nullable=True),
    Column("closing_day", Date),
    recorded(),
    instant_column("imported_at"),
)

bank_entry = Table(
    "bank_entry",
    METADATA,
    words("creditor", primary_key=True),
    words("id", primary_key=True),
    words("account"),
    words("kind"),
    words("currency"),
    minor("amount"),
    Column("is_credit", Boolean, nullable=False),
    Column("booked", Date, nullable=False),
    Column("valued", Date, nullable=False),
    # What it is known again by: nothing can be read from hashes, and they outlive an erasure.
    _texts("refs"),
    words("end_to_end_mark"),
    words("words_mark"),
    words("payer_mark"),
    # What the bank told of it.
    words("end_to_end"),
    _texts("structured"),
    _texts("lines"),
    words("payer_name"),
    words("payer_account"),
    Column("is_return", Boolean, nullable=False, server_default=false()),
    words("return_code"),
    _texts("returned"),
    Column("count", Integer, nullable=False, server_default="1"),
    # What became of it.
    words("state"),
    words("customer"),
    words("reason"),
    words("why"),
    words("payment"),
    Column("attempt", Integer, nullable=False, server_default="1"),
    words("by_whom"),
    # The entry that this one takes back.
    words("takes_back"),
    recorded(),
    CheckConstraint("amount > 0", name="positive"),
    CheckConstraint(
        "state IN ('new', 'open', 'posted', 'returned', 'reversal', 'dismissed', 'batch')",
        name="state",
    ),
    Index("ix_bank_entry_account", "creditor", "account", "booked"),
    Index("ix_bank_entry_state", "creditor", "state", "booked"),
    Index("ix_bank_entry_customer", "creditor", "customer"),
)

bank_proposal = Table(
    "bank_proposal",
    METADATA,
    words("creditor", primary_key=True),
    words("entry", primary_key=True),
    Column("place", Integer, primary_key=True),
    words("customer"),
    _texts("cases"),
    words("reason"),
    words("why"),
    ForeignKeyConstraint(*_OF_ENTRY),
    Index("ix_bank_proposal_customer", "creditor", "customer"),
)

bank_payer = Table(
    "bank_payer",
    METADATA,
    words("creditor", primary_key=True),
    words("customer", primary_key=True),
    words("account", primary_key=True),
    words("name", primary_key=True),
    words("learned_from"),
    recorded(),
    ForeignKeyConstraint(*OF_ACCOUNT),
    Index("ix_bank_payer_entry", "creditor", "learned_from"),
)

remittance = Table(
    "remittance",
    METADATA,
    words("creditor", primary_key=True),
    words("id", primary_key=True),
    words("customer"),
    words("currency"),
    minor("total"),
    # Case and minor units of each line.
    Column("parts", JSONB(none_as_null=True), nullable=False),
    words("by_whom"),
    recorded(),
    ForeignKeyConstraint(*OF_ACCOUNT),
    Index("ix_remittance_recorded_at", "creditor", "recorded_at"),
)
