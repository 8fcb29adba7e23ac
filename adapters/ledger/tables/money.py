"""Tables of payments, how they were allocated, what was given back, and agencies' money."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY

from adapters.ledger.tables.base import METADATA, instant_column, minor, recorded, words

payment = Table(
    "payment",
    METADATA,
    words("creditor", primary_key=True),
    words("source", primary_key=True),
    words("id", primary_key=True),
    words("customer"),
    words("currency"),
    minor("amount"),
    instant_column("at"),
    Column("invoices", ARRAY(Text), nullable=False),
    words("note"),
    words("content_sha"),
    recorded(),
    Column("kind", Text, nullable=False, server_default=text("'payment'")),
    ForeignKeyConstraint(["creditor", "customer"], ["account.creditor", "account.customer"]),
    CheckConstraint("amount > 0", name="positive"),
    Index("ix_payment_account", "creditor", "customer"),
    Index("ix_payment_newest", "creditor", "at"),
)

payment_part = Table(
    "payment_part",
    METADATA,
    words("creditor", primary_key=True),
    words("source", primary_key=True),
    words("id", primary_key=True),
    Column("case_id", Text, ForeignKey("case_file.case_id"), primary_key=True),
    # Empty for what it took at once, else the id of the later allocation.
    Column("allocation", Text, primary_key=True, server_default=text("''")),
    minor("amount"),
    recorded(),
    ForeignKeyConstraint(
        ["creditor", "source", "id"], ["payment.creditor", "payment.source", "payment.id"]
    ),
    CheckConstraint("amount > 0", name="positive"),
    Index("ix_payment_part_case_id", "case_id"),
)

payment_refund = Table(
    "payment_refund",
    METADATA,
    words("creditor", primary_key=True),
    words("refund", primary_key=True),
    words("source"),
    words("id"),
    minor("amount"),
    instant_column("at"),
    words("note"),
    words("by_whom"),
    recorded(),
    ForeignKeyConstraint(
        ["creditor", "source", "id"], ["payment.creditor", "payment.source", "payment.id"]
    ),
    CheckConstraint("amount > 0", name="positive"),
    Index("ix_payment_refund_payment", "creditor", "source", "id"),
)

agency_money = Table(
    "agency_money",
    METADATA,
    words("creditor", primary_key=True),
    words("agency", primary_key=True),
    words("id", primary_key=True),
    Column("case_id", Text, ForeignKey("case_file.case_id"), nullable=False),
    words("currency"),
    minor("collected"),
    minor("fee"),
    minor("paid_out"),
    instant_column("at"),
    # The id of a report of the same agency that this one takes back.
    words("reverses"),
    words("by_whom"),
    recorded(),
    Index("ix_agency_money_case_id", "case_id"),
)
