"""Payments as they came, and how they were shared out over cases."""

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

from adapters.ledger.tables.base import METADATA, instant, minor, recorded, words

payment = Table(
    "payment",
    METADATA,
    words("creditor", primary_key=True),
    words("source", primary_key=True),
    words("id", primary_key=True),
    words("customer"),
    words("currency"),
    minor("amount"),
    instant("at"),
    Column("invoices", ARRAY(Text), nullable=False),
    words("note"),
    words("content_sha"),
    recorded(),
    Column("kind", Text, nullable=False, server_default=text("'payment'")),
    ForeignKeyConstraint(["creditor", "customer"], ["account.creditor", "account.customer"]),
    CheckConstraint("amount > 0", name="positive"),
    Index("ix_payment_account", "creditor", "customer"),
)

payment_part = Table(
    "payment_part",
    METADATA,
    words("creditor", primary_key=True),
    words("source", primary_key=True),
    words("id", primary_key=True),
    Column("case_id", Text, ForeignKey("case_file.case_id"), primary_key=True),
    minor("amount"),
    recorded(),
    ForeignKeyConstraint(
        ["creditor", "source", "id"], ["payment.creditor", "payment.source", "payment.id"]
    ),
    CheckConstraint("amount > 0", name="positive"),
    Index("ix_payment_part_case_id", "case_id"),
)
