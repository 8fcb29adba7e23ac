"""The switch that stops everything that would go out, for all or for one creditor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.case.model import Message

EVERYONE = "*"
"""The scope of a hold that stops everything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """What is stopped (a creditor's id, or ``*``), since when (UTC), and by whom."""

    scope: str
    since: datetime
    by: str


class HoldStore(Protocol):
    """What is stopped now."""

    def stop(self, scope: str, by: str) -> bool:
        """Stop everything, or one creditor's; False if it was so already."""
        ...

    def let_go(self, scope: str, until: datetime, told: Message) -> tuple[str, ...] | None:
        """End a hold and mark the cases that would send something up to an instant.

        Answers their ids, longest due first; None if there was no such hold.
        """
        ...

    def holds(self) -> tuple[Hold, ...]:
        """List everything that is stopped now."""
        ...

    def agree_to_live(self, by: str) -> None:
        """Remember who agreed that messages really leave this installation."""
        ...
