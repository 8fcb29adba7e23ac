"""Tables of creditors, and of accounts: one row per customer, which is what is locked."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from adapters.ledger.tables.base import METADATA, instant_column, recorded, words

creditor = Table(
    "creditor",
    METADATA,
    words("id", primary_key=True),
    words("name"),
    words("address"),
    words("email"),
    words("phone"),
    words("contact"),
    words("iban"),
    words("bic"),
    words("pay_link"),
    words("terms"),
    recorded(),
    words("sender_name"),
    words("signature"),
    words("languages"),
    words("reference"),
    words("street"),
    words("postcode"),
    words("town"),
    words("country"),
    words("register"),
    words("tax_number"),
    words("bank"),
)

account = Table(
    "account",
    METADATA,
    words("creditor", primary_key=True),
    words("customer", primary_key=True),
    words("name"),
    words("email"),
    words("phone"),
    words("country"),
    words("subdivision"),
    Column("zone", Text, nullable=False, server_default=text("'UTC'")),
    words("language"),
    words("customer_class"),
    words("sales_rep"),
    Column("opted_out", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    Column("bad_points", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    recorded(),
    words("kind"),
    Column("do_not_contact", Boolean, nullable=False, server_default=false()),
    Column("vulnerable", Boolean, nullable=False, server_default=false()),
    Column("credit", Text, nullable=False, server_default=text("'ok'")),
    instant_column("erased_at", nullable=True),
    # The colleague who looks after this customer.
    words("owner"),
    # By field: who said what holds, and what else was said of it and not taken.
    Column("told_by", JSONB, nullable=False, server_default=text("'{}'")),
    # Where a letter is posted to, and for whom.
    words("street"),
    words("postcode"),
    words("town"),
    words("attention"),
    words("vat_id"),
    # What was agreed with them, where an invoice tells no due date.
    words("payment_terms"),
    Index(
        "ix_account_owner",
        "creditor",
        "owner",
        "customer",
        postgresql_where=text("owner <> ''"),
    ),
    Index(
        "ix_account_credit",
        "creditor",
        "customer",
        postgresql_where=text("credit <> 'ok'"),
    ),
    Index(
        "ix_account_name_words",
        "name",
        postgresql_using="gin",
        postgresql_ops={"name": "gin_trgm_ops"},
    ),
)

OF_ACCOUNT = (["creditor", "customer"], ["account.creditor", "account.customer"])

contact = Table(
    "contact",
    METADATA,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    words("creditor"),
    words("customer"),
    words("key"),
    instant_column("at"),
    words("what"),
    words("channel"),
    words("case_id"),
    Column("cases", Integer, nullable=False, server_default=text("1")),
    words("by_whom"),
    recorded(),
    ForeignKeyConstraint(*OF_ACCOUNT),
    UniqueConstraint("creditor", "customer", "key"),
    Index("ix_contact_account_at", "creditor", "customer", "at"),
    CheckConstraint(
        "what IN ('message', 'answer', 'statement', 'call', 'conversation', 'call_planned')",
        name="what",
    ),
)

credit_change = Table(
    "credit_change",
    METADATA,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    words("creditor"),
    words("customer"),
    instant_column("at"),
    words("before"),
    words("after"),
    words("why"),
    words("case_id"),
    words("by_whom"),
    recorded(),
    ForeignKeyConstraint(*OF_ACCOUNT),
    Index("ix_credit_change_account", "creditor", "customer"),
    CheckConstraint("after IN ('ok', 'held', 'cash_only')", name="after"),
)

account_flag = Table(
    "account_flag",
    METADATA,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    words("creditor"),
    words("customer"),
    words("flag"),
    Column("is_on", Boolean, nullable=False),
    words("why"),
    words("by_whom"),
    recorded(),
    ForeignKeyConstraint(*OF_ACCOUNT),
    Index("ix_account_flag_account", "creditor", "customer"),
)

# The newest rule of a creditor counts; 0 months keeps everything until somebody erases it.
retention_rule = Table(
    "retention_rule",
    METADATA,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    words("creditor"),
    Column("months", Integer, nullable=False),
    words("by_whom"),
    recorded(),
    # Months after which closed cases are archived, and whether all of it is done by itself.
    Column("archive_months", Integer, nullable=False, server_default=text("0")),
    Column("by_itself", Boolean, nullable=False, server_default=false()),
    CheckConstraint("months BETWEEN 0 AND 1200", name="months"),
    CheckConstraint("archive_months BETWEEN 0 AND 1200", name="archive_months"),
    Index("ix_retention_rule_creditor", "creditor", "id"),
)
