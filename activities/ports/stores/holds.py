"""The switch that stops everything that would go out, for all or for one creditor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

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

    def switch(self, scope: str, *, on: bool, by: str = "") -> bool:
        """Stop or release everything, or one creditor's; False if it was so already."""
        ...

    def holds(self) -> tuple[Hold, ...]:
        """List everything that is stopped now."""
        ...

    def agree_to_live(self, by: str) -> None:
        """Remember who agreed that messages really leave this installation."""
        ...
