"""The clocks of an activity: its scheduled time, and how long ago the last look was."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]
"""Answers the instant (UTC) at which it is asked."""

LOOK_HOLDS = timedelta(seconds=10)
"""How long what was seen under the account's lock may be acted on: as long as one call may take."""


def seconds_awake_or_not() -> float:
    """Read a clock (seconds) that nobody sets, and that runs on while the machine is suspended.

    Python's monotonic clock stands still in a suspended laptop. Linux has CLOCK_BOOTTIME; on macOS
    CLOCK_MONOTONIC runs on by itself. Anywhere else the clock on the wall is read, which runs on as
    well, but can be set.
    """
    for name in ("CLOCK_BOOTTIME", "CLOCK_MONOTONIC"):
        which = getattr(time, name, None)
        if which is not None:
            return time.clock_gettime(which)
    return time.time()


class StaleLookError(RuntimeError):
    """What was seen last may be untrue by now; nothing was handed over."""


@dataclass(frozen=True, slots=True)
class LastLook:
    """The look under the account's lock on which a message rests.

    Attributes:
        at: when it was (seconds of `seconds_awake_or_not`).
        is_held: asks the ledger whether the lock is held still: it is gone with a ledger that was
            killed meanwhile, and money may have been posted since it is back.
    """

    at: float = field(default_factory=seconds_awake_or_not)
    is_held: Callable[[], bool] = field(default=lambda: True, compare=False, repr=False)

    def must_hold(self) -> None:
        """Let pass what is about to be handed over, as long as the look is fresh and locked.

        Raises:
            StaleLookError: if it is more than 10 seconds ago: this process stood still (it was
                stopped, or its machine slept), the ledger has ended its transaction, and money may
                have come; or if the ledger has ended it otherwise.
        """
        if seconds_awake_or_not() - self.at > LOOK_HOLDS.total_seconds():
            raise StaleLookError("the last look is too long ago; nothing was handed over")
        if not self.is_held():
            raise StaleLookError("the account's lock is gone; nothing was handed over")


def activity_clock(offset_seconds: int = 0) -> Clock:
    """Make the clock of the running activity.

    Its zero is the attempt's scheduled time, which is virtual under time skipping and fresh at each
    attempt; what passes after that (waiting for a lock, a suspended machine) is added.
    """
    from temporalio import activity  # noqa: PLC0415 - whoever only names a clock needs no Temporal

    scheduled = activity.info().current_attempt_scheduled_time.astimezone(UTC)
    started = seconds_awake_or_not()

    def now() -> datetime:
        waited = timedelta(seconds=int(seconds_awake_or_not() - started))
        return scheduled + timedelta(seconds=offset_seconds) + waited

    return now
