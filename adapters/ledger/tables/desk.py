"""Tables of tasks for people, and of the switch that holds everything."""

from sqlalchemy import CheckConstraint, Column, Index, Integer, Table, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from adapters.ledger.tables.base import METADATA, instant_column, recorded, words

# No foreign key to the case: a message may be refused because there is no such case.
task = Table(
    "task",
    METADATA,
    words("key", primary_key=True),
    words("kind"),
    words("case_id"),
    words("title"),
    words("detail"),
    words("owner"),
    instant_column("due_at", nullable=True),
    Column("status", Text, nullable=False, server_default=text("'open'")),
    words("done_by"),
    words("done_note"),
    recorded("created_at"),
    instant_column("done_at", nullable=True),
    # What may be done about it: acts with their fields, the likeliest first.
    Column("suggestions", JSONB, nullable=False, server_default=text("'[]'::jsonb")),
    # How often it was passed on because nobody had done it in time.
    Column("passed_on", Integer, nullable=False, server_default=text("0")),
    # The customer's other cases that it is about as well.
    Column("also", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    CheckConstraint("status IN ('open', 'done')", name="status"),
    Index("ix_task_case_id", "case_id"),
    Index("ix_task_status_due_at", "status", "due_at"),
    # What nobody did although it was passed on to everybody stands first.
    Index(
        "ix_task_urgent",
        text("(passed_on < 3)"),
        text("coalesce(due_at, 'infinity'::timestamptz)"),
        "key",
        postgresql_where=text("status = 'open'"),
    ),
    Index("ix_task_done_by", "done_by", "done_at", postgresql_where=text("status = 'done'")),
)

hold = Table(
    "hold",
    METADATA,
    words("scope", primary_key=True),
    recorded("since"),
    words("by_whom"),
)
