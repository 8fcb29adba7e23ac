"""Starting and waking many workflows at once, a handful at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from typing import TypeVar

from activities.front_desk import ToWake
from adapters.temporal_runs import Runs
from starter.intake.invoices import Progress, Ready

AT_ONCE = 15
"""More at once make one server no faster."""

Item = TypeVar("Item")


async def start_all(
    runs: Runs, alive: set[str], ready: Iterable[Ready], now: datetime, progress: Progress
) -> int:
    """Start the workflows that do not run and wake those with news; answers how many it started.

    A run that visibility does not show yet is started again, which is harmless.
    """
    found = list(ready)
    missing = [one for one in found if not one.over and _id(one) not in alive]
    stale = [one for one in found if one.news and _id(one) in alive]

    async def start(one: Ready) -> None:
        await runs.start(one.case, one.decision, now)

    async def wake(one: Ready) -> None:
        await runs.wake(one.case, one.decision.stage)

    await _each(missing, start, progress, "starting cases")
    await _each(stale, wake, progress, "waking cases")
    return len(missing)


async def wake_all(runs: Runs, cases: Iterable[ToWake], progress: Progress) -> int:
    """Wake each open case once; answers how many."""
    alive = [case for case in cases if not case.is_over]

    async def wake(found: ToWake) -> None:
        await runs.wake(found.case, found.stage)

    await _each(alive, wake, progress, "waking cases")
    return len(alive)


async def _each(
    items: list[Item], act: Callable[[Item], Awaitable[None]], progress: Progress, what: str
) -> None:
    door, done = asyncio.Semaphore(AT_ONCE), 0

    async def one(item: Item) -> None:
        nonlocal done
        async with door:
            await act(item)
        done += 1
        progress(what, done, len(items))

    async with asyncio.TaskGroup() as group:
        for item in items:
            group.create_task(one(item))


def _id(one: Ready) -> str:
    return one.case.invoice.case_id
