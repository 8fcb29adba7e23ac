"""The account settles: while invoices are opened one after the other, one message waits for all."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime, timedelta

MOST_WAITS = 4
"""A stream of openings holds a message back for so many settling times, and no longer."""


def settled_at(planned: datetime, openings: Sequence[datetime], wait: timedelta) -> datetime:
    """Find when a message planned for an instant may go: once no invoice was opened for a while.

    The openings come in order.

    It follows from the openings alone: what is opened after that moment does not move it any more,
    however late somebody looks.
    """
    at, latest = planned, planned + MOST_WAITS * wait
    for opened in openings[bisect_right(openings, planned - wait) :]:
        if opened > at or at >= latest:
            break
        at = max(at, opened + wait)
    return min(at, latest)


def longest_wait(wait: timedelta) -> timedelta:
    """Find how long a message may be held back at most."""
    return MOST_WAITS * wait
