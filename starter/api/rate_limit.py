"""Limits requests: buckets of tokens that fill again, bounded in number."""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

MOST_CALLERS = 10_000
"""Buckets that are remembered; whoever was away longest is forgotten first, with a full one."""


class TokenBuckets:
    """One bucket for each caller; each request takes a token."""

    def __init__(
        self,
        per_minute: int,
        clock: Callable[[], float] = time.monotonic,
        most: int = MOST_CALLERS,
    ) -> None:
        self._size = max(1, per_minute)
        self._clock = clock
        self._most = most
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, caller: str) -> int:
        """Take a token; answers 0, or the seconds after which there is one again."""
        with self._lock:
            left, now = self._filled(caller)
            self._left[caller] = (left - 1 if left >= 1 else left, now)
            self._left.move_to_end(caller)
            if len(self._left) > self._most:
                self._left.popitem(last=False)
        return 0 if left >= 1 else self._wait(left)

    def wait(self, caller: str) -> int:
        """Find the seconds until there is a token, without taking it; 0 if there is one."""
        with self._lock:
            left, _ = self._filled(caller)
        return 0 if left >= 1 else self._wait(left)

    def __len__(self) -> int:
        return len(self._left)

    def _filled(self, caller: str) -> tuple[float, float]:
        now = self._clock()
        left, since = self._left.get(caller, (float(self._size), now))
        return min(float(self._size), left + (now - since) * self._size / 60), now

    def _wait(self, left: float) -> int:
        return max(1, math.ceil((1 - left) * 60 / self._size))
