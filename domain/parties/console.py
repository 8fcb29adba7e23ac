"""What a person may do in the console: each has one role with one creditor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

IDLE = timedelta(minutes=30)
"""A session ends when nothing was asked in it for so long."""

LONGEST_SESSION = timedelta(hours=12)
"""A session ends after so long, whatever is asked in it."""

INVITED_FOR = timedelta(hours=24)
"""An invitation that nobody accepted in time opens nothing any more."""


class ConsoleRole(StrEnum):
    """What a person may do beside looking; pinned, for ledgers hold these words.

    Attributes:
        COLLECTOR: records what customers say and agree, does tasks, writes notes.
        SUPERVISOR: all of that; approves, gives money up, holds everything.
        SALES: notes, disputes and answers to questions; no agreements, no money.
        AUDITOR: looks, and changes nothing.
        ADMIN: all of a supervisor, and who may come in.
    """

    COLLECTOR = "collector"
    SUPERVISOR = "supervisor"
    SALES = "sales"
    AUDITOR = "auditor"
    ADMIN = "admin"


CHIEFS = frozenset({ConsoleRole.SUPERVISOR, ConsoleRole.ADMIN})
"""Who decides what a collector may not decide alone."""

COLLECTING = frozenset({ConsoleRole.COLLECTOR, *CHIEFS})
"""Who records what customers say and agree."""

NOTING = frozenset({ConsoleRole.SALES, *COLLECTING})
"""Who writes anything down at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsolePerson:
    """A person who may come into the console of one creditor.

    Attributes:
        zone: where this person works: instants are shown as the wall clock there shows them.
        removed_at: when access was taken away (UTC); None while there is any.
    """

    creditor: str
    name: str
    role: ConsoleRole
    zone: str = "UTC"
    created_at: datetime | None = None
    removed_at: datetime | None = None
