"""Cases that stand somewhere by date, for lists: promised, contested, paused, about to leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.message_types import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldCustomer:
    """A customer whose credit is not as usual, who looks after them, and since when (UTC)."""

    customer: str
    name: str
    credit: str
    owner: str
    since: datetime | None
    why: str


class StandingStore(Protocol):
    """Lists of one creditor, each by date and a page at a time."""

    def cases(self, creditor: str, stage: Stage, after: str, limit: int) -> tuple[str, ...]:
        """List the ids of cases of a stage by when something comes next, after that case."""
        ...

    def leaving(self, creditor: str, until: datetime, limit: int) -> tuple[str, ...]:
        """List the ids of cases whose next step leaves the house until an instant, by time."""
        ...

    def parked(self, creditor: str, limit: int) -> tuple[str, ...]:
        """List the ids of cases whose workflow was cancelled and that nobody took up yet."""
        ...

    def held(self, creditor: str, after: str, limit: int) -> tuple[HeldCustomer, ...]:
        """List the customers whose credit is held, by id."""
        ...
