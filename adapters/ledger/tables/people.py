"""Creditors, and accounts: one per customer of a creditor, and the row that is locked."""

from sqlalchemy import Column, Table, Text, text
from sqlalchemy.dialects.postgresql import ARRAY

from adapters.ledger.tables.base import METADATA, recorded, words

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
    Column("language", Text, nullable=False, server_default=text("'en'")),
    words("customer_class"),
    words("sales_rep"),
    Column("opted_out", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    Column("bad_points", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    recorded(),
)
