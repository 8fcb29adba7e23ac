"""A model that reads answers, and which answers wait for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from domain.intake.reply_meaning import ReplyMeaning
from domain.suggestion import Suggestion


class ModelDownError(RuntimeError):
    """The model gives no answer now; it may be asked again later."""


class ReadingState(StrEnum):
    """What became of asking the model about an answer; pinned, for ledgers hold these words."""

    READ = "read"
    NOTHING = "nothing"


class ReplyReader(Protocol):
    """Reads an answer; whatever it claims is checked against the words afterwards."""

    def read(self, said: str, currency: str, today: date) -> tuple[ReplyMeaning, ...] | None:
        """Read what an answer says; None if what came back cannot be used.

        Raises:
            ModelDownError: if it gives no answer now.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingReply:
    """An answer on the desk that no model was asked about (``at`` in UTC).

    Attributes:
        case: the case of its task.
        language: the customer's, and its calendar's zone.
    """

    key: str
    creditor: str
    case: str
    channel: str
    said: str
    at: datetime
    language: str
    zone: str
    currency: str


class ReadingStore(Protocol):
    """Answers that wait for a model, and what becomes of them."""

    def waiting(self, creditors: Sequence[str], limit: int) -> tuple[WaitingReply, ...]:
        """List answers of the last two days whose tasks are open, the oldest first."""
        ...

    def spend(self, creditor: str, day: date, most: int) -> bool:
        """Count one more answer of a creditor's day; False if there were as many already."""
        ...

    def settle(
        self,
        reply: WaitingReply,
        state: ReadingState,
        suggestions: Sequence[Suggestion] = (),
        lines: Sequence[str] = (),
    ) -> None:
        """Write down that the model was asked; what it read is added to a task still open."""
        ...
