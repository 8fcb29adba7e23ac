"""Remembers what browsers were asked, so that each answer counts once and in time."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

MOST_QUESTIONS = 10_000
"""Questions that are remembered; the oldest is forgotten first, and its page is loaded again."""

SECONDS_TO_ANSWER = 300.0


class AskedQuestions:
    """The challenges of this process that wait for an answer."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._asked: OrderedDict[str, tuple[float, bytes]] = OrderedDict()
        self._lock = threading.Lock()

    def remember(self, challenge: bytes) -> str:
        """Remember a question; answers the name under which its answer comes."""
        name = secrets.token_urlsafe(16)
        with self._lock:
            self._asked[name] = (self._clock() + SECONDS_TO_ANSWER, challenge)
            if len(self._asked) > MOST_QUESTIONS:
                self._asked.popitem(last=False)
        return name

    def take(self, name: str) -> bytes | None:
        """Find a question, once; None if it was answered, is too old, or was never asked."""
        with self._lock:
            until, challenge = self._asked.pop(name, (0.0, b""))
        return challenge if challenge and self._clock() <= until else None
