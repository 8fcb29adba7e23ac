"""Back-off of a deed that a provider did not take: no hot loops, not even for days."""

from __future__ import annotations

from datetime import timedelta

SHORTEST_PAUSE = timedelta(minutes=15)
_LONGEST_PAUSE = timedelta(hours=4)
"""A deferred deed asks again between these, each time later."""

WHILE_HELD = timedelta(hours=1)
"""While nothing may go out, a case looks no more often whether it may again."""

A_PERSON_MENDS = timedelta(hours=4)
"""How long a deed waits for a person who was asked to put something right."""


def deferred(attempt: int, asked: timedelta | None) -> timedelta:
    """Compute how long a deed waits: 15, 30, 60 … minutes, or as the provider asks."""
    doublings = max(0, min(attempt, 10) - 1)
    patience = min(SHORTEST_PAUSE * (1 << doublings), _LONGEST_PAUSE)
    return max(patience, asked or patience)
