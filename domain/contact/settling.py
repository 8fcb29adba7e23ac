"""The account settles: while invoices are opened one after the other, one message waits for all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

MOST_WAITS = 4
"""A stream of openings holds a message back for so many settling times, and no longer."""


def settled_at(planned: datetime, openings: Iterable[datetime], wait: timedelta) -> datetime:
    """Find when a message planned for an instant may go: once no invoice was opened for a while.

    It follows from the openings alone: what is opened after that moment does not move it any more,
    however late somebody looks.
    """
    at = planned
    for opened in sorted(openings):
        if opened <= at < opened + wait:
            at = opened + wait
    return min(at, planned + MOST_WAITS * wait)


def longest_wait(wait: timedelta) -> timedelta:
    """Find how long a message may be held back at most."""
    return MOST_WAITS * wait
