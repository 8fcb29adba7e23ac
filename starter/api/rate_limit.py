"""Limits requests: how many a caller may send, and that no caller's many keep another waiting."""

from __future__ import annotations

import asyncio
import math
import threading
import time
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

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


class CrowdedError(RuntimeError):
    """A caller has as many requests waiting as one may."""


class FairShares:
    """A number of places for all callers; who waits is served in turns, one of each caller.

    However many requests one caller sends at once, another one waits for one place to become free
    and for one request of each of the others. It belongs to one event loop.
    """

    def __init__(self, places: int, most: int = 256) -> None:
        """Take the number of places, and how many requests of one caller may wait for one."""
        self._free, self._most = places, most
        self._lines: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    @asynccontextmanager
    async def place(self, caller: str) -> AsyncIterator[None]:
        """Hold a place as long as the block lasts.

        Raises:
            CrowdedError: if too many of this caller wait already.
        """
        await self._take(caller)
        try:
            yield
        finally:
            self._pass_on()

    async def _take(self, caller: str) -> None:
        if self._free:
            self._free -= 1
            return
        line = self._lines.setdefault(caller, deque())
        if len(line) >= self._most:
            raise CrowdedError(caller)
        turn = asyncio.get_running_loop().create_future()
        line.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._pass_on()  # it was given a place in the very moment in which it gave up
            raise

    def _pass_on(self) -> None:
        """Give the place to the next caller in turn who still waits, or back."""
        while self._lines:
            caller, line = self._lines.popitem(last=False)
            turn = line.popleft()
            if line:
                self._lines[caller] = line
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1
