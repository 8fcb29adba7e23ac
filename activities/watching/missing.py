"""Cases without a running workflow: those first that something is due for, then all, in turn."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from temporalio.service import RPCError

from activities.ports.clock import Clock
from activities.ports.ports import CaseRuns, CaseWatch
from activities.watching.ports import RoundLog

MISSING_RUNS = "missing"
"""The part of the round that finds them."""

WHOLE_TURN = timedelta(hours=20)
"""In this time every case is looked at once: within a day, whatever a few rounds miss."""

FIRST_OF_ALL = 2_000
"""Cases that are due, and as many that were opened lately, looked at before the others' turn."""

LEAST_IN_TURN, MOST_IN_TURN = 1_000, 10_000
"""Cases whose turn it is in one round; up to the former all of them are looked at every time."""

PER_SECOND = 200
"""Workflows that Temporal is asked about; all other callers of the namespace need it, too."""

_AT_ONCE = 20
_TRIES = 2
_SLACK = timedelta(minutes=1)


class MissingRunWatch:
    """Finds cases whose workflow does not run, without listing the world.

    Visibility is never asked: it lags, and a cloud gives it thirty calls a second.
    """

    def __init__(
        self,
        watch: CaseWatch,
        runs: CaseRuns,
        rounds: RoundLog,
        clock: Clock,
        per_second: int = PER_SECOND,
    ) -> None:
        self._watch = watch
        self._runs = runs
        self._rounds = rounds
        self._clock = clock
        self._chunk_seconds = _AT_ONCE / per_second

    async def find(self, due_before: datetime, beat: Callable[..., None]) -> list[str]:
        """Look at the cases of this round; answers those that have no running workflow.

        Args:
            due_before: a step that was due before this instant (UTC) should be done.
            beat: tells that the round lives.
        """
        after, last = await asyncio.to_thread(self._rounds.place, MISSING_RUNS)
        now = self._clock()
        first = await asyncio.to_thread(self._first, due_before, last)
        found = dict.fromkeys(await self._without_a_run(first, beat))
        size, looked = await asyncio.to_thread(self._turn_size, now, last), 0
        while looked < MOST_IN_TURN:
            turn = await asyncio.to_thread(self._turn, after, size)
            more = set(await self._without_a_run(turn, beat)) - found.keys()
            found.update(dict.fromkeys(sorted(more)))
            after, looked = turn[-1] if turn else "", looked + len(turn)
            if not more or len(turn) < size:
                break  # where one is missing there may be more: Temporal may have lost them all
        await asyncio.to_thread(self._rounds.keep_place, MISSING_RUNS, after, now)
        return list(found)

    def _first(self, due_before: datetime, last: datetime | None) -> tuple[str, ...]:
        due = self._watch.overdue(due_before, FIRST_OF_ALL)
        return (*due, *self._watch.opened_since(last - _SLACK, FIRST_OF_ALL)) if last else due

    def _turn_size(self, now: datetime, last: datetime | None) -> int:
        return turn_size(self._watch.count_running(), now - last if last else None)

    def _turn(self, after: str, size: int) -> tuple[str, ...]:
        """A stretch by id from where the last round ended; past the end it begins anew."""
        stretch = self._watch.running(after, size)
        if len(stretch) < size and after:
            begun_anew = self._watch.running("", size - len(stretch))
            stretch = (*stretch, *(one for one in begun_anew if one <= after))
        return stretch

    async def _without_a_run(self, cases: Sequence[str], beat: Callable[..., None]) -> list[str]:
        loop, found = asyncio.get_running_loop(), list[str]()
        for start in range(0, len(cases), _AT_ONCE):
            began, chunk = loop.time(), cases[start : start + _AT_ONCE]
            beat(chunk[0])
            found += [case for case, running in (await self._asked(chunk)).items() if not running]
            if start + _AT_ONCE < len(cases):
                await asyncio.sleep(max(0.0, self._chunk_seconds - (loop.time() - began)))
        return found

    async def _asked(self, chunk: Sequence[str]) -> dict[str, bool]:
        """Ask about each, and once more about those of which nothing was heard.

        One call that gets lost holds up no other: those of which nothing is heard wait for the
        next round.

        Raises:
            RPCError: if nothing is heard of any of them: Temporal is away.
        """
        known, lost = dict[str, bool](), list[RPCError]()
        for _ in range(_TRIES):
            left = [case for case in chunk if case not in known]
            told = await asyncio.gather(*map(self._runs.is_running, left), return_exceptions=True)
            for case, one in zip(left, told, strict=True):
                if isinstance(one, RPCError):
                    lost.append(one)
                elif isinstance(one, BaseException):
                    raise one
                else:
                    known[case] = one
        if lost and not known:
            raise lost[0]
        return known


def turn_size(running: int, since: timedelta | None) -> int:
    """Count the cases whose turn it is, so that all have had it within 20 hours.

    Args:
        running: cases that must have a running workflow.
        since: the time since the last round; None if there was none.
    """
    share = (since or timedelta()) / WHOLE_TURN
    return min(MOST_IN_TURN, max(LEAST_IN_TURN, math.ceil(running * share)))
