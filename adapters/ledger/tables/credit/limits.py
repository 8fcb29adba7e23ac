"""Tables of credit limits and of bureaus' reports; the newest row of each counts."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    Table,
    text,
)

from adapters.ledger.tables.base import METADATA, instant_column, minor, recorded, words
from adapters.ledger.tables.people import OF_ACCOUNT

credit_limit = Table(
    "credit_limit",
    METADATA,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    words("creditor"),
    words("customer"),
    words("currency"),
    # Empty where the limit was taken away.
    minor("amount", nullable=True),
    words("why"),
    words("by_whom"),
    instant_column("at"),
    # How often it was passed, and other systems were told of it.
    Column("passings", Integer, nullable=False, server_default=text("0")),
    recorded(),
    ForeignKeyConstraint(*OF_ACCOUNT),
    Index("ix_credit_limit_account", "creditor", "customer", "currency", "id"),
    CheckConstraint("amount >= 0", name="amount"),
)

bureau_report = Table(
    "bureau_report",
    METADATA,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    words("creditor"),
    words("customer"),
    words("source"),
    Column("day", Date, nullable=False),
    minor("amount", nullable=True),
    words("currency"),
    words("said"),
    words("by_whom"),
    instant_column("at"),
    recorded(),
    ForeignKeyConstraint(*OF_ACCOUNT),
    Index("ix_bureau_report_account", "creditor", "customer", "day", "id"),
)
