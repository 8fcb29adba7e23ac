"""The parts of a round: one that fails holds up no other, and a person hears of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from activities.ports.clock import Clock
from activities.ports.types import Task
from activities.watching.faults import place_of
from activities.watching.ports import RoundLog
from domain.parties.tasks import TaskKey, TaskKind, TaskTopic

WHOLE = "round"
"""The name of the round itself, beside those of its parts."""

UNENDED = 2
"""Rounds running that began and did not end, until a person hears of it: one may be a restart."""

MENDED = "the next round went well"

Put = Callable[[Task], object]
Finish = Callable[[str, str], object]
_log = structlog.get_logger("amicable.reconciler")


class WatchedParts:
    """Carries out the parts of one round after another, and remembers how each went.

    Attributes:
        put: puts a task on the desk, once per key.
        finish: ticks off the open tasks whose keys begin so, with a note.
    """

    def __init__(self, rounds: RoundLog, put: Put, finish: Finish, clock: Clock) -> None:
        self._rounds = rounds
        self._put = put
        self._finish = finish
        self._clock = clock
        self._failed = 0
        self._well: list[str] = []
        self._failing: set[str] = set()

    async def begin(self) -> None:
        """A round begins; rounds that die on the way are told to a person."""
        self._failed, self._well = 0, []
        unended = await asyncio.to_thread(self._rounds.begin)
        self._failing = set(await asyncio.to_thread(self._rounds.failing))
        self._failing |= {WHOLE} if unended else set()
        if unended >= UNENDED:
            title = f"{unended} rounds of the reconciler running began and did not end"
            await asyncio.to_thread(self._tell, WHOLE, title)

    async def go_on(self, name: str, part: Callable[[], Awaitable[None]]) -> None:
        """Carry out one part, whatever becomes of it."""
        try:
            await part()
        except Exception as error:  # noqa: BLE001 - the next part counts as much
            failure = type(error).__name__
            _log.error("a part failed", part=name, error=failure, where=place_of(error))
            self._failed += 1
            await asyncio.to_thread(self._note_failure, name, failure)
        else:
            self._well.append(name)

    async def end(self) -> int:
        """The round has come to its end; answers how many parts failed."""
        self._well.append(WHOLE)
        await asyncio.to_thread(self._note_end)
        return self._failed

    def _note_failure(self, name: str, failure: str) -> None:
        count = self._rounds.failed(name, failure)
        again = f", {count} rounds running" if count > 1 else ""
        self._tell(name, f"the reconciler's round failed at its part {name!r} ({failure}){again}")

    def _note_end(self) -> None:
        """Note what went well: all at once, for a quiet round of ten parts writes nothing else."""
        for name in self._well:
            if name in self._failing:
                self._finish(_key(name), MENDED)
        self._rounds.ended(*self._well)

    def _tell(self, name: str, title: str) -> None:
        now = self._clock()
        key = str(TaskKey.of(TaskTopic.RECONCILER, name, f"{now:%Y-%m-%d}"))
        detail = "The worker's log says why; it is tried again with every round."
        self._put(
            Task(key=key, kind=TaskKind.QUESTION, case="", title=title, detail=detail, due_at=now)
        )


def _key(name: str) -> str:
    return TaskKey.beginning(TaskTopic.RECONCILER, name)
