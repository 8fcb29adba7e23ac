"""Keeps the instants for which a customer's cases are planned: the next are found at once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from datetime import datetime


class Agenda:
    """The planned instants of many cases, in order: nobody has to look at all of them."""

    def __init__(self) -> None:
        self._entries: list[tuple[datetime, int]] = []
        self._known: dict[int, datetime] = {}

    def plan(self, place: int, at: datetime | None) -> None:
        """Note for which instant a case is planned now, or that it is planned for none."""
        before = self._known.pop(place, None)
        if before is not None:
            del self._entries[bisect_left(self._entries, (before, place))]
        if at is not None:
            self._known[place] = at
            insort(self._entries, (at, place))

    def up_to(self, until: datetime) -> list[int]:
        """List the cases that are planned for no later than an instant, by their place."""
        end = bisect_right(self._entries, until, key=lambda entry: entry[0])
        return sorted(place for _, place in self._entries[:end])
