"""Wakes cases after the answer was given; when Temporal is away the reconciler does it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextvars import Context, copy_context
from dataclasses import dataclass

import structlog

from activities.cases.opening import OpenedCase
from activities.cases.waking import ToWake
from adapters.temporal.runs import Runs
from starter.importing.intake.deciding import Ready

_MOST = 10_000
"""Cases that wait to be woken; more are left to the reconciler."""

WOKEN_AT_ONCE = 4
_PATIENCE = 10.0
"""Seconds for Temporal to answer."""

AWAY = 5.0
"""Seconds between two attempts to connect."""

_log = structlog.get_logger("amicable.gateway")
WakeNews = OpenedCase | ToWake


class WakeQueue:
    """A queue of cases whose workflows are told, behind the answers, that there is news."""

    def __init__(self, connect: Callable[[], Awaitable[Runs]]) -> None:
        self._connect = connect
        self._runs: Runs | None = None
        self._connecting = asyncio.Lock()
        self._waiting: dict[str, WakeNews] = {}
        self._asked: dict[str, Context] = {}  # of the request, so that a trace goes on from it
        self._some = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()
        self._busy = 0
        self._not_before = 0.0
        self._tasks: list[asyncio.Task[None]] = []
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self) -> None:
        """Start waking; to be called in the loop of the application."""
        self._loop = asyncio.get_running_loop()
        self._tasks = [asyncio.create_task(self._work()) for _ in range(WOKEN_AT_ONCE)]

    async def stop(self) -> None:
        """Wake those that wait, for a while, then end."""
        try:
            await asyncio.wait_for(self.done(), _PATIENCE)
        except TimeoutError:
            _log.warning("left to the reconciler", cases=len(self._waiting))
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def later(self, found: WakeNews) -> None:
        """Wake a case once its answer is on the way; may be called from any thread."""
        if isinstance(found, ToWake) and found.is_over:
            return
        if self._loop:
            self._loop.call_soon_threadsafe(self._take, found, copy_context())

    async def done(self) -> None:
        """Wait until the queue is empty."""
        await asyncio.sleep(0)
        await self._idle.wait()

    def _take(self, found: WakeNews, asked: Context) -> None:
        if len(self._waiting) >= _MOST:
            _log.warning("left to the reconciler", cases=1)
            return
        case = found.case.invoice.case_id
        if not isinstance(self._waiting.get(case), OpenedCase):  # a start says more than a nudge
            self._waiting[case] = found
            self._asked[case] = asked
        self._idle.clear()
        self._some.set()

    async def _work(self) -> None:
        while True:
            await self._some.wait()
            if not self._waiting:
                self._some.clear()
                continue
            case = next(iter(self._waiting))
            found, asked = self._waiting.pop(case), self._asked.pop(case)
            self._busy += 1
            try:
                await asyncio.create_task(self._wake(case, found), context=asked)
            finally:
                self._busy -= 1
                if not self._waiting and not self._busy:
                    self._idle.set()

    async def _wake(self, case: str, found: WakeNews) -> None:
        try:
            async with asyncio.timeout(_PATIENCE):
                await _tell(await self._connected(), found)
        except Exception as error:  # noqa: BLE001 - whatever it is, the ledger has it and the reconciler mends it
            left = 1 + len(self._waiting)
            self._waiting.clear()
            self._asked.clear()
            _log.warning("not woken", case=case, cases=left, error=type(error).__name__)

    async def _connected(self) -> Runs:
        async with self._connecting:
            if self._runs is None:
                if time.monotonic() < self._not_before:
                    raise ConnectionError("Temporal was away a moment ago")
                self._not_before = time.monotonic() + AWAY
                self._runs = await self._connect()
            return self._runs


async def _tell(runs: Runs, found: WakeNews) -> None:
    if isinstance(found, OpenedCase) and found.new:
        await runs.start(found.case, found.decision, found.at)
    else:
        stage = found.decision.stage if isinstance(found, OpenedCase) else found.stage
        await runs.wake(found.case, stage)


@dataclass(frozen=True, slots=True)
class QueueStarter:
    """Starts the workflows of imported cases behind the answer; who runs already is not asked."""

    later: Callable[[ToWake], None]

    def alive(self, creditor: str) -> set[str] | None:
        """Tell nothing: what is known already is looked after by the reconciler."""

    def start(self, ready: Iterator[list[Ready]], expected: int) -> int:
        """Start all cases once the answer is on its way."""
        started = 0
        for one in (one for some in ready for one in some):
            self.later(ToWake(case=one.case, stage=one.decision.stage, is_over=one.over))
            started += not one.over
        return started

    def wake(self, woken: Iterable[ToWake]) -> None:
        """Wake cases that heard something."""
        for one in woken:
            self.later(one)
