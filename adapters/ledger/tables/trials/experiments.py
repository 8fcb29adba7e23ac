"""Tables of experiments with policies."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, Text, text

from adapters.ledger.tables.base import METADATA, instant_column, recorded, words

experiment = Table(
    "experiment",
    METADATA,
    words("creditor", primary_key=True),
    words("id", primary_key=True),
    Column("champion_sha", Text, ForeignKey("policy.sha256"), nullable=False),
    Column("challenger_sha", Text, ForeignKey("policy.sha256"), nullable=False),
    words("by_whom"),
    instant_column("started_at"),
    instant_column("ended_at", nullable=True),
    # The arm whose policy was chosen at its end; empty if neither was.
    words("kept"),
    # One runs at a time.
    Index(
        "ix_experiment_running", "creditor", unique=True, postgresql_where=text("ended_at IS NULL")
    ),
)

experiment_case = Table(
    "experiment_case",
    METADATA,
    Column("case_id", Text, ForeignKey("case_file.case_id"), primary_key=True),
    words("creditor"),
    words("experiment"),
    words("customer"),
    words("arm"),
    recorded(),
    CheckConstraint("arm IN ('champion', 'challenger')", name="arm"),
    Index("ix_experiment_case_customer", "creditor", "experiment", "customer"),
)
