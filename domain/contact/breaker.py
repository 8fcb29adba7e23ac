"""When a provider that fails again and again is left alone, and when it is asked again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

FAILURES_RUNNING = 5
"""Calls that failed one after the other, after which a provider is left alone."""

FAILURES_WITHIN = timedelta(minutes=10)
"""The time within which they must have failed; older failures are forgotten."""

FIRST_PAUSE = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(hours=1)
"""How long it is left alone: the first time, and at most; each failed probe doubles it."""

PROBE = timedelta(minutes=1)
"""How long one call is waited for that finds out whether the provider works again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Breaker:
    """What is known of one provider on one channel, shared by all workers.

    Attributes:
        failures: calls that failed, one after the other.
        since: when the first of them failed (UTC).
        opened_at: since when the provider is left alone; None while it is called.
        until: until when; after it one call is a probe.
        probe_until: how long other calls wait for the probe that is under way.
    """

    failures: int = 0
    since: datetime | None = None
    opened_at: datetime | None = None
    until: datetime | None = None
    probe_until: datetime | None = None

    def wait(self, now: datetime) -> datetime | None:
        """Compute until when a call must wait; None if it may be made now."""
        if self.opened_at is None:
            return None
        ends = (self.until, self.probe_until)
        return max((end for end in ends if end and end > now), default=None)

    def probing(self, now: datetime) -> Breaker:
        """Let the caller be the probe: the others wait for what comes of it."""
        return self if self.opened_at is None else replace(self, probe_until=now + PROBE)

    def failed(self, now: datetime) -> Breaker:
        """Count a call that failed; the fifth in ten minutes opens, a failed probe doubles."""
        if self.opened_at and self.until:
            pause = min(2 * self._pause, LONGEST_PAUSE)
            return replace(self, failures=self.failures + 1, since=now, until=now + pause)
        began = self.since if self.since and now - self.since <= FAILURES_WITHIN else now
        count = self.failures + 1 if began == self.since else 1
        if count < FAILURES_RUNNING:
            return Breaker(failures=count, since=began)
        return Breaker(failures=count, since=now, opened_at=now, until=now + FIRST_PAUSE)

    @property
    def _pause(self) -> timedelta:
        """The pause before: it began with the last failure."""
        return self.until - self.since if self.until and self.since else FIRST_PAUSE


WORKING = Breaker()
"""A provider of which no failure is known: one answer, even a refusal, is enough."""
