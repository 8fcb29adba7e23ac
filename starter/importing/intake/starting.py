"""Starts and wakes many workflows, a handful at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from activities.cases.waking import ToWake
from adapters.temporal.runs import Runs
from starter.importing.intake.batch import Progress
from starter.importing.intake.deciding import Ready

STARTED_AT_ONCE = 15
"""More at once make one server no faster."""

_Item = TypeVar("_Item")


@dataclass
class Starts:
    """Starts the workflows that do not run, and wakes those that run and have news.

    A run that visibility does not show yet is started again, which is harmless.

    Attributes:
        alive: the ids of the cases that run.
        total: how many cases are expected, for who watches.
    """

    runs: Runs
    alive: set[str]
    now: datetime
    progress: Progress
    total: int = 0
    started: int = 0
    _done: int = 0

    async def all(self, ready: Iterator[list[Ready]]) -> int:
        """Start or wake all cases while the next ones are decided; answers how many started."""
        limit, tasks = asyncio.Semaphore(STARTED_AT_ONCE), list[asyncio.Task[None]]()
        try:
            while some := await asyncio.to_thread(next, ready, None):
                tasks += [asyncio.create_task(self._look_after(one, limit)) for one in some]
        finally:
            await asyncio.gather(*tasks)  # what was decided is started, come what may
        return self.started

    async def _look_after(self, one: Ready, limit: asyncio.Semaphore) -> None:
        async with limit:
            if one.case.invoice.case_id not in self.alive:
                await self._start(one)
            elif one.news:
                await self.runs.wake(one.case, one.decision.stage)
        self._done += 1
        self.progress("starting cases", self._done, self.total)

    async def _start(self, one: Ready) -> None:
        if not one.over:
            await self.runs.start(one.case, one.decision, self.now)
            self.started += 1


async def wake_all(runs: Runs, cases: Iterable[ToWake], progress: Progress) -> int:
    """Wake each open case once; answers how many."""
    alive = [case for case in cases if not case.is_over]

    async def wake(found: ToWake) -> None:
        await runs.wake(found.case, found.stage)

    await _each(alive, wake, progress, "waking cases")
    return len(alive)


async def _each(
    items: list[_Item], act: Callable[[_Item], Awaitable[None]], progress: Progress, what: str
) -> None:
    limit, done = asyncio.Semaphore(STARTED_AT_ONCE), 0

    async def one(item: _Item) -> None:
        nonlocal done
        async with limit:
            await act(item)
        done += 1
        progress(what, done, len(items))

    async with asyncio.TaskGroup() as group:
        for item in items:
            group.create_task(one(item))
