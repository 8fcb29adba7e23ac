"""The reconciler: starts, wakes or parks cases that nobody looks after; passes late tasks on."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from contextvars import copy_context
from datetime import timedelta
from functools import partial
from typing import Protocol

import structlog
from temporalio import activity
from temporalio.service import RPCError

from activities.case_service import CaseService
from activities.inbound.rounds import Heartbeat, InboundRounds
from activities.ports.clock import Clock
from activities.ports.money_ports import RateStore
from activities.ports.ports import CaseRuns, CaseWatch
from activities.ports.types import BusyError, Task
from activities.services.agencies.watch import AgencyWatch
from activities.services.customers.retention import RetentionService
from activities.services.customers.retention_watch import RetentionWatch
from activities.services.marks.left_marks import LeftMarkWatch
from activities.watching.missing import MISSING_RUNS, MissingRunWatch
from activities.watching.parts import WatchedParts
from activities.watching.ports import RoundLog, StuckCaseList, Workflows
from activities.watching.rates import RateWatch
from activities.watching.stuck import StuckCaseWatch
from domain.parties.tasks import TaskKey, TaskKind, TaskTopic
from domain.wire import Mended

_A_MOMENT = timedelta(minutes=1)
"""A case that was told something this recently is being woken by whoever told it."""

_OVERDUE = timedelta(minutes=2)
"""A case whose step is due for longer is looked at: its activity may fail."""

SET_ASIDE = "its workflow was cancelled; the case is parked until it is taken up again"
UNMENDED = "no workflow could be started for this case; the worker's log says why"
_log = structlog.get_logger("amicable.reconciler")


class WatchedRuns(CaseRuns, Workflows, Protocol):
    """The running workflows of cases, and how they fare."""


class ReconcilerActivities:
    """Compares the ledger with the running workflows; what it does is safe to repeat.

    A round has parts; one that fails is told to a person and holds up no other.
    """

    def __init__(  # noqa: PLR0913 - what it compares, and the times that tests set
        self,
        watch: CaseWatch,
        cases: CaseService,
        runs: WatchedRuns,
        clock: Clock,
        *,
        rounds: RoundLog,
        stuck: StuckCaseList,
        moment: timedelta = _A_MOMENT,
        incoming: InboundRounds | None = None,
        rates: RateStore | None = None,
        retention: RetentionService | None = None,
        agencies: AgencyWatch | None = None,
        marks: LeftMarkWatch | None = None,
    ) -> None:
        self._watch = watch
        self._cases = cases
        self._runs = runs
        self._clock = clock
        self._moment = moment
        self._incoming = incoming
        self._agencies = agencies
        self._marks = marks
        put, finish = watch.put_task, watch.finish_tasks_beginning
        self._parts = WatchedParts(rounds, put, finish, clock)
        self._rates = RateWatch(rates, put, finish, clock) if rates else None
        self._keeping = RetentionWatch(retention, put, finish, clock) if retention else None
        self._missing = MissingRunWatch(watch, runs, rounds, clock)
        self._stuck = StuckCaseWatch(stuck, runs, self._overdue, put, finish, clock=clock)

    @property
    def all(self) -> list[Callable[..., object]]:
        """The activities to register with a worker."""
        return [self.reconcile]

    @activity.defn(name="reconcile")
    async def reconcile(self) -> Mended:
        """One round; answers how many it started, woke, parked and gave up."""
        return await self.round(_heartbeat())

    async def round(self, beat: Heartbeat = lambda *_: None) -> Mended:
        """Start what is missing, wake what is behind, finish what was half opened."""
        await self._parts.begin()
        counts = Counter[str]()
        await self._look_in(beat)
        for name, part in (
            (MISSING_RUNS, self._restore),
            ("behind", self._catch_up),
            ("marks", self._find_out),
            ("stuck", self._look_after_the_stuck),
            ("rates", self._ask_for_rates),
            ("desk", self._pass_on),
            ("retention", self._keep_no_longer),
        ):
            await self._parts.go_on(name, partial(part, beat, counts))
        failed = await self._parts.end()
        _log.info("reconciled", failed=failed, **counts)
        return Mended(failed=failed, **counts)

    async def wake(self, case_ids: list[str]) -> None:
        """Tell cases that the ledger has news."""
        for case_id in case_ids:
            await self._wake(case_id)

    async def _look_in(self, beat: Heartbeat) -> None:
        """What came back is applied first; who cannot be woken now is behind, and found below."""
        for name, step in self._incoming.steps if self._incoming else ():
            await self._parts.go_on(name, partial(self._apply, step, beat))
        if self._agencies:
            await self._parts.go_on("agencies", partial(self._apply, self._agencies.look, beat))

    async def _apply(self, step: Callable[[Heartbeat], Iterable[str]], beat: Heartbeat) -> None:
        for case_id in await asyncio.to_thread(step, beat):
            await self._woken(case_id)

    async def _restore(self, beat: Heartbeat, counts: Counter[str]) -> None:
        async def restore(case_id: str) -> None:
            if await self._runs.was_cancelled(case_id):
                await asyncio.to_thread(self._set_aside, case_id)
                counts["parked"] += 1
            elif await self._woken(case_id):
                counts["started"] += 1
            else:
                await asyncio.to_thread(self._tell, TaskTopic.UNMENDED, case_id, UNMENDED)
                counts["raised"] += 1

        missing = await self._missing.find(self._clock() - _OVERDUE, beat)
        await _each(missing, restore, beat)

    async def _catch_up(self, beat: Heartbeat, counts: Counter[str]) -> None:
        behind = await asyncio.to_thread(self._watch.behind, self._moment)
        await self._stuck.woken_again(behind)

        async def catch_up(case_id: str) -> None:
            counts["woken"] += await self._woken(case_id)

        await _each(behind, catch_up, beat)

    async def _find_out(self, beat: Heartbeat, counts: Counter[str]) -> None:
        """Nothing stays on its way for good, also where no workflow runs that would ask."""
        marks = self._marks
        if marks is None:
            return
        left = await asyncio.to_thread(marks.find)

        async def find_out(case_id: str) -> None:
            settled = [await asyncio.to_thread(marks.settle, mark) for mark in left[case_id]]
            if any(settled):
                await self._woken(case_id)

        await _each(left, find_out, beat)

    async def _look_after_the_stuck(self, beat: Heartbeat, counts: Counter[str]) -> None:
        counts["stuck"] += await self._stuck.look(beat)

    async def _ask_for_rates(self, beat: Heartbeat, counts: Counter[str]) -> None:
        """A rate of interest that ends is asked for some weeks before, once for everybody."""
        if self._rates:
            missing = await asyncio.to_thread(self._rates.look)
            _log.info("rates", missing=missing)

    async def _pass_on(self, beat: Heartbeat, counts: Counter[str]) -> None:
        """Nothing ever lies with one person for good: the same round looks at the desk."""
        passed = await asyncio.to_thread(self._watch.pass_on_late_tasks, self._clock())
        if passed:
            _log.info("passed on", tasks=passed)

    async def _keep_no_longer(self, beat: Heartbeat, counts: Counter[str]) -> None:
        """What creditors want to be kept no longer is erased and archived, a part in each round."""
        if self._keeping:
            beat()
            await asyncio.to_thread(self._keeping.go_on)

    def _overdue(self, limit: int) -> tuple[str, ...]:
        return self._watch.overdue(self._clock() - _OVERDUE, limit)

    def _set_aside(self, case_id: str) -> None:
        self._watch.park(case_id)
        self._tell(TaskTopic.SET_ASIDE, case_id, SET_ASIDE)

    def _tell(self, topic: TaskTopic, case_id: str, title: str) -> None:
        key, due_at = str(TaskKey.of(topic, case_id)), self._clock()
        task = Task(key=key, kind=TaskKind.QUESTION, case=case_id, title=title, due_at=due_at)
        self._watch.put_task(task)

    async def _woken(self, case_id: str) -> bool:
        try:
            await self._wake(case_id)
        except (RPCError, LookupError, BusyError) as error:
            _log.warning("not mended", case=case_id, error=type(error).__name__)
            return False
        return True

    async def _wake(self, case_id: str) -> None:
        found = await asyncio.to_thread(self._cases.look, case_id)
        if not found.is_over:
            await self._runs.wake(found.case, found.stage)


async def _each(
    case_ids: Iterable[str], act: Callable[[str], Awaitable[None]], beat: Heartbeat
) -> None:
    """Do something about each case; one that fails holds up no other.

    Raises:
        ExceptionGroup: of what failed, once all were looked at.
    """
    failed: list[Exception] = []
    for case_id in case_ids:
        beat(case_id)
        try:
            await act(case_id)
        except Exception as error:  # noqa: BLE001 - the next case counts as much
            _log.warning("not mended", case=case_id, error=type(error).__name__)
            failed.append(error)
    if failed:
        raise ExceptionGroup("some cases could not be looked after", failed)


def _heartbeat() -> Heartbeat:
    """Tell Temporal that the round lives, from whichever thread.

    The heartbeat of an async activity needs the loop, and the context, of the activity itself.
    """
    loop, context = asyncio.get_running_loop(), copy_context()

    def beat(*details: object) -> None:
        loop.call_soon_threadsafe(partial(activity.heartbeat, *details), context=context)

    return beat
