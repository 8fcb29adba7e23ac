"""Tables of cases, their messages and deeds, and the policies they follow."""

# One thing: the tables that one case is made of, each with its indexes.

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from adapters.ledger.tables.base import METADATA, instant_column, minor, recorded, words

DIGITS_OF_NUMBER = "ltrim(regexp_replace(number, '[^0-9]', '', 'g'), '0')"
"""An invoice's number as the narrowest scheme of payment references keeps it."""

policy = Table(
    "policy",
    METADATA,
    words("sha256", primary_key=True),
    words("name"),
    Column("body", Text, nullable=False),
    recorded("created_at"),
)

case_file = Table(
    "case_file",
    METADATA,
    words("case_id", primary_key=True),
    words("creditor"),
    words("customer"),
    words("number"),
    Column("issued", Date, nullable=False),
    Column("due", Date, nullable=False),
    words("currency"),
    minor("amount"),
    Column("policy_sha", Text, ForeignKey("policy.sha256"), nullable=False),
    # Whether this invoice was opened with a policy of its own, and still follows it.
    Column("own_policy", Boolean, nullable=False, server_default=false()),
    instant_column("opened_at"),
    words("content_sha"),
    # Derived from the messages and deeds at every fold; kept so that nobody has to fold to count.
    minor("paid", default=0),
    minor("credited", default=0),
    minor("written_off", default=0),
    minor("open"),
    minor("surplus", default=0),
    minor("disputed", default=0),
    Column("withdrawn", Boolean, nullable=False, server_default=false()),
    instant_column("settled_at", nullable=True),
    Column("days_late", Integer, nullable=False, server_default=text("0")),
    Column("broken_promises", Integer, nullable=False, server_default=text("0")),
    Column("handed_off", Boolean, nullable=False, server_default=false()),
    Column("episode", Integer, nullable=False, server_default=text("1")),
    # The last decision made from that fold.
    words("stage"),
    words("outcome"),
    Column("decision", JSONB(none_as_null=True)),
    Column("decision_number", Integer, nullable=False, server_default=text("0")),
    words("next_do"),
    words("next_step"),
    instant_column("next_at", nullable=True),
    words("next_why"),
    Column("seen_message", BigInteger, nullable=False, server_default=text("0")),
    Column("parked", Boolean, nullable=False, server_default=false()),
    recorded(),
    # What the invoice said when the case was opened, where it was corrected since.
    minor("first_amount", nullable=True),
    Column("first_due", Date),
    # The early-payment discount of the invoice with its day as agreed, the last day on which money
    # earns it (of a day off the next banking day), and what was earned of it.
    minor("discount", nullable=True),
    Column("discount_until", Date),
    Column("discount_day", Date),
    minor("discount_taken", default=0),
    # Late fees that were charged, what money settled of costs and interest, what is left to chase.
    minor("charged", default=0),
    minor("costs_paid", default=0),
    minor("costs_left", default=0),
    Column("promises_made", Integer, nullable=False, server_default=text("0")),
    Column("promises_kept", Integer, nullable=False, server_default=text("0")),
    Column("promises_late", Integer, nullable=False, server_default=text("0")),
    Column("promises_part", Integer, nullable=False, server_default=text("0")),
    # While the case holds the customer's credit: how many promises were broken for it.
    Column("credit_hold", Integer),
    # What the invoice means for the customer's others: money on it that settles nothing, and what
    # is left of it where that is too little to be chased alone, with the instant it is due from.
    minor("spare", default=0),
    minor("small_rest", default=0),
    instant_column("small_since", nullable=True),
    # The payment reference that is printed on this very invoice.
    words("reference"),
    # The parts in which it falls due, as [day, minor units]: as it was opened, and as they are now.
    Column("terms", JSONB(none_as_null=True)),
    Column("terms_now", JSONB(none_as_null=True)),
    CheckConstraint("amount = paid + credited + written_off + open", name="money_adds_up"),
    CheckConstraint("open >= 0 AND surplus >= 0", name="money_not_negative"),
    ForeignKeyConstraint(["creditor", "customer"], ["account.creditor", "account.customer"]),
    UniqueConstraint("creditor", "number"),
    # Numbers that may make the same payment reference: those whose digits are the same.
    Index("ix_case_file_digits", "creditor", text(DIGITS_OF_NUMBER)),
    Index("ix_case_file_account_due", "creditor", "customer", "due"),
    Index("ix_case_file_account_opened", "creditor", "customer", "opened_at"),
    Index(
        "ix_case_file_credit_hold",
        "creditor",
        "customer",
        "credit_hold",
        postgresql_where=text("credit_hold IS NOT NULL"),
    ),
    Index(
        "ix_case_file_owing",
        "creditor",
        "customer",
        postgresql_where=text("open > 0 AND outcome = '' AND NOT withdrawn"),
    ),
    Index(
        "ix_case_file_share",
        "creditor",
        "customer",
        postgresql_where=text("spare > 0 OR small_rest > 0"),
    ),
    Index(
        "ix_case_file_next_at",
        "next_at",
        postgresql_where=text("outcome = '' AND NOT parked"),
    ),
    Index(
        "ix_case_file_running",
        "case_id",
        postgresql_where=text("outcome = '' AND NOT parked"),
    ),
    Index("ix_case_file_recorded_at", "recorded_at"),
    Index("ix_case_file_creditor_due", "creditor", "due", "case_id"),
    Index(
        "ix_case_file_half_opened",
        "case_id",
        postgresql_where=text("decision IS NULL AND NOT parked"),
    ),
    # What stands somewhere, by when something comes next.
    Index(
        "ix_case_file_standing",
        "creditor",
        "stage",
        text("coalesce(next_at, 'infinity'::timestamptz)"),
        "case_id",
        postgresql_where=text("stage IN ('promised', 'disputed', 'paused', 'with_agency')"),
    ),
    # What people look for: a part of a number, an amount of the invoice, or what is open of it.
    Index(
        "ix_case_file_number_words",
        "number",
        postgresql_using="gin",
        postgresql_ops={"number": "gin_trgm_ops"},
    ),
    Index("ix_case_file_amount", "creditor", "amount"),
    # How many follow each policy, and what was parked.
    Index("ix_case_file_policy", "creditor", "policy_sha", "outcome"),
    Index("ix_case_file_parked", "creditor", "case_id", postgresql_where=text("parked")),
    Index("ix_case_file_open", "creditor", "open", postgresql_where=text("open > 0")),
    # Of what falls due in parts, a report counts each part by its day.
    Index(
        "ix_case_file_parts",
        "creditor",
        "case_id",
        postgresql_where=text("terms_now IS NOT NULL"),
    ),
)

message = Table(
    "message",
    METADATA,
    Column("seq", BigInteger, Identity(always=True), primary_key=True),
    Column("case_id", Text, ForeignKey("case_file.case_id"), nullable=False),
    words("key"),
    words("kind"),
    instant_column("at"),
    minor("amount", nullable=True),
    words("currency"),
    Column("day", Date),
    words("reason"),
    words("note"),
    words("ref"),
    words("by_whom"),
    words("content_sha"),
    Column("status", Text, nullable=False, server_default=text("'new'")),
    words("answer"),
    recorded(),
    words("channel"),
    words("owner"),
    words("approved_by"),
    Column("parts", JSONB(none_as_null=True)),
    instant_column("check_at", nullable=True),
    words("plan_b"),
    # What became of it, for programs; none where it was judged before there were codes.
    Column("code", Text),
    UniqueConstraint("case_id", "key"),
    Index("ix_message_case_id_seq", "case_id", "seq"),
    Index("ix_message_at", "at"),
    # A report reads each promise that was made, and no other message for it.
    Index(
        "ix_message_promise",
        "case_id",
        "at",
        postgresql_where=text("kind = 'promise' AND status = 'applied'"),
    ),
    CheckConstraint("status IN ('new', 'applied', 'refused')", name="status"),
)

deed = Table(
    "deed",
    METADATA,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("case_id", Text, ForeignKey("case_file.case_id"), nullable=False),
    words("step"),
    Column("episode", Integer, nullable=False),
    words("do"),
    instant_column("at"),
    words("result"),
    Column("deadline", Date),
    words("channel"),
    words("why"),
    minor("open"),
    recorded(),
    minor("charged", default=0),
    words("ground"),
    # How the case ended, where it was closed.
    Column("outcome", Text),
    # What a message asked for; nothing where it was not recorded yet.
    minor("asked", nullable=True),
    UniqueConstraint("case_id", "step", "episode"),
    Index(
        "ix_deed_agency", "case_id", "at", postgresql_where=text("\"do\" IN ('hand_off', 'recall')")
    ),
)

evidence = Table(
    "evidence",
    METADATA,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("case_id", Text, ForeignKey("case_file.case_id"), nullable=False),
    words("ref"),
    words("name"),
    words("media_type"),
    words("sha256"),
    Column("body", LargeBinary, nullable=False),
    words("note"),
    words("by_whom"),
    recorded(),
    # What letters attach is the newest file of this role; it may have been kept as a file before.
    words("role"),
    Index("ix_evidence_case_id", "case_id"),
    Index("ix_evidence_sha256", "sha256"),
    Index("ix_evidence_once", "case_id", "sha256", unique=True, postgresql_where=text("role = ''")),
    CheckConstraint("role IN ('', 'invoice')", name="role"),
)

policy_choice = Table(
    "policy_choice",
    METADATA,
    words("creditor", primary_key=True),
    words("customer", primary_key=True),
    Column("policy_sha", Text, ForeignKey("policy.sha256"), nullable=False),
    words("by_whom"),
    recorded(),
)

NOT_YET_SEEN = (message.c.case_id == case_file.c.case_id) & (
    message.c.seq > case_file.c.seen_message
)
"""The condition that a message is one that its case's last decision had not seen."""
