"""Stores of changed letters: under an account's lock, and to be looked at."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.contact.letter_changes import ChangeEnd, ChangeLapse, KeptChange


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeEnding:
    """How a change ends.

    Attributes:
        why: why it counted no longer; None where it did.
        by: who ended it; empty for the machine.
        message: our id of the message that left.
    """

    end: ChangeEnd
    why: ChangeLapse | None = None
    by: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedChange:
    """A change of which it is known what became of it, with the letter that left.

    Attributes:
        at: when it ended (UTC, database clock).
        subject: of the letter that left; text: its words. Empty where none left with it.
    """

    kept: KeptChange
    end: ChangeEnd
    why: str
    by: str
    at: datetime
    subject: str
    text: str


class LetterChangeRepository(Protocol):
    """The changes of letters to one customer, under the account's lock."""

    def waiting(self, case_ids: Collection[str]) -> tuple[KeptChange, ...]:
        """List the changes about letters that speak of one of these cases, and did not end."""
        ...

    def keep(self, change: KeptChange) -> None:
        """Keep a change."""
        ...

    def end(self, change_id: str, ending: ChangeEnding) -> None:
        """Keep how a change ended; what ended before stays as it ended."""
        ...


class LetterChangeStore(Protocol):
    """The changes of letters, read without any lock."""

    def waiting(self, creditor: str, customer: str, case_id: str) -> KeptChange | None:
        """Find the newest change about a letter that speaks of a case, if it did not end."""
        ...

    def ended(self, case_id: str) -> tuple[EndedChange, ...]:
        """List the changes that were made from a case and ended, newest first."""
        ...

    def was_written_to(self, creditor: str, customer: str) -> bool:
        """Tell whether any message ever reached a customer."""
        ...
