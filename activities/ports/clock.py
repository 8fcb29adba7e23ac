"""The clock of an activity: the attempt's scheduled time, never the machine's clock."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]
"""Answers the instant (UTC) at which it is asked."""


def activity_clock(offset_seconds: int = 0) -> Clock:
    """Make the clock of the running activity.

    Its zero is the attempt's scheduled time, which is virtual under time skipping and fresh at each
    attempt; what passes after that (waiting for a lock) is added from the monotonic clock.
    """
    from temporalio import activity  # noqa: PLC0415 - whoever only names a clock needs no Temporal

    scheduled = activity.info().current_attempt_scheduled_time.astimezone(UTC)
    started = time.monotonic()

    def now() -> datetime:
        waited = timedelta(seconds=int(time.monotonic() - started))
        return scheduled + timedelta(seconds=offset_seconds) + waited

    return now
