"""Rates of interest that people add to the shipped tables, and who confirmed them."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    Identity,
    Index,
    Numeric,
    Table,
    text,
)

from adapters.ledger.tables.base import METADATA, instant_column, words

interest_rate = Table(
    "interest_rate",
    METADATA,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    words("jurisdiction"),
    # The first day of its half-year.
    Column("start", Date, nullable=False),
    Column("percent", Numeric(7, 4), nullable=False),
    words("source"),
    words("added_by"),
    instant_column("added_at"),
    # Another person, and the instant from which the rate counts; a confirmed row never changes.
    words("confirmed_by"),
    instant_column("confirmed_at", nullable=True),
    CheckConstraint("(confirmed_at IS NULL) = (confirmed_by = '')", name="confirmed"),
    CheckConstraint("confirmed_by <> added_by", name="another_person"),
    Index(
        "uq_interest_rate_pending",
        "jurisdiction",
        "start",
        unique=True,
        postgresql_where=text("confirmed_at IS NULL"),
    ),
    Index("ix_interest_rate_jurisdiction_start", "jurisdiction", "start"),
)
