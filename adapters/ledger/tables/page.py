"""Tables of the customer's page: links, confirmed addresses, and orders to pay online."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from adapters.ledger.tables.base import METADATA, instant_column, recorded, words
from adapters.ledger.tables.people import OF_ACCOUNT

# Links of messages need no row: the message is theirs.
page_link = Table(
    "page_link",
    METADATA,
    Column("id", Uuid(as_uuid=False), primary_key=True),
    words("creditor"),
    words("customer"),
    words("recipient"),
    # The invoices that it shows, as [case, episode].
    Column("cases", JSONB(none_as_null=True), nullable=False),
    words("by_whom"),
    recorded(),
    ForeignKeyConstraint(*OF_ACCOUNT),
    Index("ix_page_link_account", "creditor", "customer"),
)

page_link_revoked = Table(
    "page_link_revoked",
    METADATA,
    Column("id", Uuid(as_uuid=False), primary_key=True),
    words("why"),
    words("by_whom"),
    recorded(),
)

# Only keyed hashes of codes and sessions are kept: whoever reads the ledger cannot use them.
page_proof = Table(
    "page_proof",
    METADATA,
    Column("id", Uuid(as_uuid=False), primary_key=True),
    Column("link", Uuid(as_uuid=False), nullable=False),
    words("creditor"),
    words("customer"),
    words("address"),
    words("code_hash"),
    Column("tries", Integer, nullable=False, server_default="0"),
    instant_column("at"),
    instant_column("until"),
    Column("session_hash", Text),
    instant_column("confirmed_at", nullable=True),
    instant_column("open_until", nullable=True),
    recorded(),
    ForeignKeyConstraint(*OF_ACCOUNT),
    Index("ix_page_proof_account_at", "creditor", "customer", "at"),
    Index("ix_page_proof_link", "link"),
)

# An order is kept before the provider hears of it: no payment comes for one that is not known.
online_order = Table(
    "online_order",
    METADATA,
    Column("id", Uuid(as_uuid=False), primary_key=True),
    words("creditor"),
    words("customer"),
    words("provider"),
    words("reference"),
    words("url"),
    Column("cases", JSONB(none_as_null=True), nullable=False),
    Column("amount", BigInteger, nullable=False),
    words("currency"),
    instant_column("at"),
    instant_column("until"),
    words("payment"),
    Column("refunded", BigInteger, nullable=False, server_default="0"),
    recorded(),
    instant_column("look_at", nullable=True),
    ForeignKeyConstraint(*OF_ACCOUNT),
    Index("ix_online_order_account", "creditor", "customer", "until"),
    Index("ix_online_order_payment", "provider", "payment"),
    Index("ix_online_order_place", "provider", "reference"),
    Index("ix_online_order_look", "look_at", postgresql_where=text("look_at IS NOT NULL")),
)
