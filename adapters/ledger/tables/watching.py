"""What the reconciler remembers from round to round: cases that are stuck, and how rounds ended."""

from sqlalchemy import Column, Index, Integer, Table, text

from adapters.ledger.tables.base import METADATA, instant_column, recorded, words

# No foreign key: it is noted about a case of which nothing else can be written down.
stuck_case = Table(
    "stuck_case",
    METADATA,
    words("case_id", primary_key=True),
    # Rounds running in which it was woken and did not look at what had been said to it.
    Column("rounds", Integer, nullable=False, server_default=text("0")),
    # Attempts at its activity that failed, and how the last one did: a kind, never a text.
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    words("failure"),
    recorded("since"),
)

# A provider on a channel, such as email/sendgrid, and its failures since it last answered.
provider_breaker = Table(
    "provider_breaker",
    METADATA,
    words("provider", primary_key=True),
    Column("failures", Integer, nullable=False, server_default=text("0")),
    instant_column("since", nullable=True),
    instant_column("opened_at", nullable=True),
    instant_column("until", nullable=True),
    instant_column("probe_until", nullable=True),
)

# How fast each channel's provider is given messages: the first turn that nobody has yet.
provider_pace = Table(
    "provider_pace",
    METADATA,
    words("channel", primary_key=True),
    instant_column("free_from", nullable=True),
)

# The cases that wait for their turn.
provider_turn = Table(
    "provider_turn",
    METADATA,
    words("channel", primary_key=True),
    words("case_id", primary_key=True),
    instant_column("at"),
    Index("ix_provider_turn_channel_at", "channel", "at"),
)

round_part = Table(
    "round_part",
    METADATA,
    words("name", primary_key=True),
    instant_column("begun_at", nullable=True),
    instant_column("ended_at", nullable=True),
    # Rounds running that failed or did not end, and how the last one failed.
    Column("failures", Integer, nullable=False, server_default=text("0")),
    words("failure"),
    # Where a part that goes through all cases in turn has got to, and when.
    words("place"),
    instant_column("place_at", nullable=True),
)
