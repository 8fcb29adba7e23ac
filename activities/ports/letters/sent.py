"""Letters as they left: kept with the attempt that took them, and read for people and agencies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from activities.ports.letter_data import Letter


@dataclass(frozen=True, slots=True, kw_only=True)
class SentLetter:
    """A message to the customer that left, with what the customer read.

    Attributes:
        message: our id of the message.
        cases: the ids of all cases that it speaks of, in their order.
        step: of the case that was asked about.
        at: when its end was recorded (UTC, database clock).
        result: ``accepted``, or ``unknown_closed`` where nobody knows whether it arrived.
        subject: empty where its channel has none.
        text: its words without the customer's own link; empty where they are not known.
        files: the names of what went along.
    """

    message: str
    cases: tuple[str, ...]
    step: str
    at: datetime
    channel: str
    recipient: str
    result: str
    subject: str = ""
    text: str = ""
    files: tuple[str, ...] = ()
    language: str = ""


class SentLetterRepository(Protocol):
    """The letters of one customer, under the account's lock."""

    def keep(self, message_id: str, attempt: int, letter: Letter) -> None:
        """Keep the words of an attempt; what is kept of it stays as it is."""
        ...

    def about(self, case_id: str) -> tuple[SentLetter, ...]:
        """List what left about a case, oldest first."""
        ...


class SentLetterStore(Protocol):
    """The letters of all customers, read without any lock."""

    def about(self, case_id: str) -> tuple[SentLetter, ...]:
        """List what left about a case, oldest first."""
        ...
