"""Tasks for people: of which kinds there are, where one stands, and what its key is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class TaskKind(StrEnum):
    """What a task asks for; pinned, for ledgers and other programs hold these words."""

    CALL = "call"
    CALL_BACK = "call_back"
    QUESTION = "question"
    REPLY = "reply"
    REFUSED = "refused"
    DISPUTE = "dispute"
    FIX = "fix"
    OFFER = "offer"
    PROPOSAL = "proposal"
    SALES = "sales"
    CREDIT = "credit"
    RATE = "rate"
    UNKNOWN = "unknown"


CALLS = (TaskKind.CALL, TaskKind.CALL_BACK)
"""Kinds of tasks that are done by a call."""


class TaskState(StrEnum):
    """Where a task stands."""

    OPEN = "open"
    DONE = "done"


class TaskTopic(StrEnum):
    """What the key of a task begins with, where it is not the task's kind; pinned likewise."""

    AGENCY = "agency"
    BANK = "bank"
    BREAKER = "breaker"
    CHANGED_LETTER = "changed-letter"
    CHANNEL = "channel"
    CONNECTOR = "billing-system"
    CONTACT = "contact"
    DISCOUNT = "discount"
    FILE = "file"
    GAP = "statement-gap"
    LETTER = "letter"
    MAILBOX = "mailbox"
    OVERDUE = "overdue"
    PARKED = "parked"
    RATES = "rates"
    RECONCILER = "reconciler"
    RETENTION = "retention"
    RETURNED_LETTER = "returned-letter"
    SET_ASIDE = "set-aside"
    STUCK = "stuck"
    SURPLUS = "surplus"
    UNALLOCATED = "unallocated"
    UNAPPLIED = "unapplied"
    UNHEARD = "unheard"
    UNMATCHED = "unmatched"
    UNMENDED = "unmended"
    UNOPENED = "unopened"
    UNPOSTED = "unposted"
    UNREACHABLE = "unreachable"
    UNREAD = "unread"
    UNROUTED = "unrouted"
    WEBHOOK = "webhook"


MANY_CASES = "many"
"""What stands in a key after its topic where the task is about many cases, of any creditor."""


@dataclass(frozen=True, slots=True)
class TaskKey:
    """A task's key: what it is about, and whatever makes it one of a kind, each after a slash."""

    topic: TaskTopic | TaskKind
    about: str

    def __str__(self) -> str:
        return f"{self.topic}/{self.about}"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read a key; None if it begins with no known word."""
        word, _, about = text.partition("/")
        known = {str(one): one for one in (*TaskTopic, *TaskKind)}
        return cls(known[word], about) if word in known else None

    @property
    def between(self) -> str:
        """What stands between its first part and its last: such as a customer, slashes and all."""
        return self.about.partition("/")[2].rpartition("/")[0]

    def ends(self, count: int) -> Sequence[str]:
        """Take its last parts, from the wider to the narrower."""
        return self.about.split("/")[-count:]

    @classmethod
    def of(cls, topic: TaskTopic | TaskKind, *parts: object) -> Self:
        """Make a key of its parts, from the widest to the narrowest."""
        return cls(topic, "/".join(map(str, parts)))

    @classmethod
    def beginning(cls, topic: TaskTopic | TaskKind, *parts: object) -> str:
        """Tell how the keys of all tasks begin that share those first parts."""
        return f"{cls.of(topic, *parts, '')}"
