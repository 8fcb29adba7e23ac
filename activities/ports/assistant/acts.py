"""For whom an assistant acts, and the record of what it did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class OnBehalf:
    """An assistant, known by its key, and the person of the team who asks it.

    Attributes:
        key_id: the key's id; the key itself is known to its holder alone.
        label: how the key is called.
    """

    creditor: str
    person: str
    key_id: str
    label: str = ""

    @property
    def author(self) -> str:
        """Name both, as whoever wrote something."""
        return f"{self.person}, by the assistant {self.label or self.key_id}"


class AssistantOutcome(StrEnum):
    """What became of an act of an assistant; pinned, for ledgers hold these words."""

    PROPOSED = "proposed"
    NOTED = "noted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssistantAct:
    """One act of an assistant (``at`` in UTC, by the ledger's clock).

    Attributes:
        act: what it was, such as ``promise`` or ``note``; no words of anybody.
    """

    asked: OnBehalf
    act: str
    outcome: AssistantOutcome
    customer: str = ""
    case: str = ""
    at: datetime | None = None


class AssistantActs(Protocol):
    """The record of what assistants did."""

    def keep(self, act: AssistantAct) -> None:
        """Write an act down."""
        ...

    def newest(self, creditor: str, limit: int) -> tuple[AssistantAct, ...]:
        """List a creditor's acts, newest first."""
        ...
