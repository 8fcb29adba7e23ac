"""Tables of the archive: closed cases that were put aside, its book, and runs of the rules."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from adapters.ledger.tables.base import METADATA, instant_column, recorded, words

# All rows of one case that no sum is made of, by table. The functions of migration 0042 move them.
archived_case = Table(
    "archived_case",
    METADATA,
    Column("case_id", Text, ForeignKey("case_file.case_id"), primary_key=True),
    words("creditor"),
    words("customer"),
    # In which it was settled, or closed.
    Column("year", Integer, nullable=False),
    # Other cases whose messages lie here, because they were about both.
    Column("with_cases", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    Column("rows", JSONB, nullable=False),
    words("sha256"),
    instant_column("last", nullable=True),
    recorded(),
    Index("ix_archived_case_account", "creditor", "customer"),
    Index("ix_archived_case_year", "creditor", "year", "case_id"),
)

# One line for each change of a creditor's year; its checksum covers those of all its cases.
archive_book = Table(
    "archive_book",
    METADATA,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    words("creditor"),
    Column("year", Integer, nullable=False),
    Column("cases", Integer, nullable=False),
    words("sha256"),
    words("what"),
    words("by_whom"),
    recorded(),
    CheckConstraint("what IN ('archived', 'brought_back')", name="what"),
    Index("ix_archive_book_year", "creditor", "year", "id"),
)

# What was done by a creditor's rule, and how many it concerned; nothing done is a look beforehand.
retention_run = Table(
    "retention_run",
    METADATA,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    words("creditor"),
    Column("due", Integer, nullable=False),
    Column("erased", Integer, nullable=False),
    Column("archived", Integer, nullable=False),
    Column("whole", Boolean, nullable=False),
    words("by_whom"),
    recorded(),
    Index("ix_retention_run_creditor", "creditor", "id"),
)
