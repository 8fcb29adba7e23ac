"""The made-up clock, and what happens when: one thing after another, in an order that repeats."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from random import Random

Happening = Callable[[], None]

FAIR, ROUGH = 1.0, 4.0
"""How much more often than usual something goes wrong or comes in between: a seed's weather."""

SHOWN_BEFORE = 12
"""Lines that both runs had before they parted, shown to tell what was going on."""


class Broken(AssertionError):  # noqa: N818 - what is broken is a promise
    """A promise was not kept; the text says which, when and to whom."""


class Stage:
    """All that happens, in the order of its instants; nothing else moves the clock.

    Attributes:
        now: the instant (UTC) at which everything stands.
        dice: decides about whatever is left to chance here.
        weather: how much more often than usual things go wrong.
        log: what happened, one line each: two runs of a seed write the same.
        every_step: whether each step of each piece of work is written down as well, so that two
            runs which went different ways show where they parted.
        failed: called whenever anything goes wrong.
        faulty: whether faults happen at all; at the end of a run they stop.
    """

    def __init__(self, begin: datetime, seed: str, *, every_step: bool = False) -> None:
        self.now, self.every_step = begin, every_step
        self.dice = Random(seed)  # noqa: S311 - dice, no secret
        self.weather = self.dice.choice((FAIR, ROUGH))
        self.log: list[str] = []
        self.faulty = True
        self.moved: Callable[[datetime], None] = lambda _: None
        self.after_each: Happening = lambda: None
        self.failed: Happening = lambda: None
        self._queue: list[tuple[datetime, int, Happening]] = []
        self._numbers = itertools.count()

    def clock(self) -> datetime:
        """Answer the made-up instant, as any clock does."""
        return self.now

    def seconds(self) -> float:
        """Answer the made-up time in seconds, as a clock that nobody sets."""
        return (self.now - datetime(2020, 1, 1, tzinfo=UTC)).total_seconds()

    def at(self, when: datetime, what: Happening) -> None:
        """Let something happen at an instant; what is past happens at once."""
        heapq.heappush(self._queue, (max(when, self.now), next(self._numbers), what))

    def after(self, wait: timedelta, what: Happening) -> None:
        """Let something happen after a while."""
        self.at(self.now + wait, what)

    def chance(self, one_in: float) -> bool:
        """Throw the dice for a fault; none happens any more once faults have stopped."""
        happens = self.happens(one_in)
        if happens:
            self.failed()
        return happens

    def happens(self, one_in: float) -> bool:
        """Throw the dice for what is odd and no fault; it ends with the faults."""
        return self.faulty and self.dice.random() * one_in < self.weather

    def note(self, *words: object) -> None:
        """Write down what happened."""
        self.log.append(f"{self.now:%Y-%m-%d %H:%M:%S} {' '.join(map(str, words))}")

    def run_until(self, end: datetime) -> None:
        """Let happen all that comes before an instant."""
        while self._queue and self._queue[0][0] < end:
            when, _, what = heapq.heappop(self._queue)
            if when > self.now:
                self.now = when
                self.moved(when)
            what()
            self.after_each()
        self.now = max(self.now, end)
        self.moved(self.now)


def where_they_part(once: Sequence[str], again: Sequence[str]) -> str:
    """Show the first line that differs, after the last that both have; nothing if none does."""
    for number, (one, other) in enumerate(itertools.zip_longest(once, again, fillvalue="(ended)")):
        if one != other:
            both = [f"  {line}" for line in once[max(0, number - SHOWN_BEFORE) : number]]
            return "\n".join([*both, f"line {number + 1}, once:  {one}", f"and again: {other}"])
    return ""
