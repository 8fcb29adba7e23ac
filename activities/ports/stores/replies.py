"""Answers of debtors, and what came back about messages, for people to look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.evidence.received import ReceivedFile


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardBack:
    """Something that came back about a message of a case: when, by which channel, what it was.

    Attributes:
        what: such as delivered, opened, bounced, reply or auto_reply; never any words.
        code: the provider's code for it, if it told one.
        files: what came with an answer, without the contents.
    """

    at: datetime
    step: str
    channel: str
    what: str
    code: str = ""
    files: tuple[ReceivedFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """An answer that came in, as it is kept.

    Attributes:
        files: what came with it, without the contents.
    """

    key: str
    at: datetime
    channel: str
    sort: str
    state: str
    creditor: str
    customer: str
    case_id: str
    sender: str
    subject: str
    said: str
    files: tuple[ReceivedFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFilter:
    """Which answers to list, newest first.

    Attributes:
        creditor: empty for all; those that name none of our messages have none.
        unrouted: only those that name none of our messages.
        waiting: only those about which a task is open.
        after: the key of the last one of the page before.
    """

    creditor: str = ""
    unrouted: bool = False
    waiting: bool = False
    after: str = ""
    limit: int = 100


class ReplyStore(Protocol):
    """The answers that came in."""

    def answers(self, wanted: AnswerFilter) -> tuple[AnswerRow, ...]:
        """List answers, newest first."""
        ...

    def about(self, case_id: str) -> tuple[AnswerRow, ...]:
        """List what the customer wrote about a case, oldest first."""
        ...

    def answer(self, key: str) -> AnswerRow | None:
        """Read one answer; None if there is none."""
        ...

    def content(self, key: str, sha256: str) -> bytes | None:
        """Read a file that came with an answer, here or with its case; None if there is none."""
        ...
