"""Erasing a person's data: what stands in the way, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What became of it: when it was done first (UTC), and how many rows were emptied, by table."""

    at: datetime
    again: bool
    rows: dict[str, int]


class ErasureStore(Protocol):
    """Persons whose data was erased, and the erasing of it."""

    def obstacles(self, creditor: str, customer: str) -> tuple[str, ...]:
        """Say in words why a customer cannot be erased yet, if anything stands in the way."""
        ...

    def erase(self, creditor: str, customer: str, *, by: str, why: str) -> Erased:
        """Empty everything personal about a customer; again, it empties what came in since.

        Raises:
            LookupError: if there is no such customer.
            ConflictError: while there is something to collect or on its way.
            BusyError: if somebody held the account for half a minute.
        """
        ...

    def erased(self, creditor: str, customers: Iterable[str]) -> dict[str, datetime]:
        """List those of these customers whose person was erased, and since when (UTC)."""
        ...

    def take_up_again(self, creditor: str, customer: str, *, by: str, why: str) -> bool:
        """Let contact data be known again for a customer who was erased; False if none was."""
        ...
