"""The reconciler: starts, wakes or parks cases that nobody looks after; passes late tasks on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

import structlog
from temporalio import activity
from temporalio.service import RPCError

from activities.case_service import CaseService
from activities.inbound.rounds import InboundRounds
from activities.ports.clock import Clock
from activities.ports.ports import CaseRuns, CaseWatch
from activities.ports.types import Task
from domain.parties.tasks import TaskKey, TaskKind, TaskTopic
from domain.wire import Mended

_A_MOMENT = timedelta(minutes=1)
"""A case that was told something this recently is being woken by whoever told it."""

SET_ASIDE = "its workflow was cancelled; the case is parked until it is taken up again"
UNMENDED = "no workflow could be started for this case; the worker's log says why"
_log = structlog.get_logger("amicable.reconciler")


class ReconcilerActivities:
    """Compares the ledger with the running workflows; what it does is safe to repeat."""

    def __init__(  # noqa: PLR0913 - what it compares, and the times that tests set
        self,
        watch: CaseWatch,
        cases: CaseService,
        runs: CaseRuns,
        clock: Clock,
        *,
        moment: timedelta = _A_MOMENT,
        incoming: InboundRounds | None = None,
    ) -> None:
        self._watch = watch
        self._cases = cases
        self._runs = runs
        self._clock = clock
        self._moment = moment
        self._incoming = incoming

    @property
    def all(self) -> list[Callable[..., object]]:
        """The activities to register with a worker."""
        return [self.reconcile]

    @activity.defn(name="reconcile")
    async def reconcile(self) -> Mended:
        """One round over all cases; answers how many it started, woke, parked and gave up."""
        return await self.round(activity.heartbeat)

    async def round(self, beat: Callable[..., None] = lambda *_: None) -> Mended:
        """Start what is missing, wake what is behind, finish what was half opened."""
        await self._look_in(beat)
        missing = await self._missing()
        started, parked, raised = 0, 0, 0
        for case_id in missing:
            beat(case_id)
            if await self._runs.was_cancelled(case_id):
                await asyncio.to_thread(self._set_aside, case_id)
                parked += 1
            elif await self._woken(case_id):
                started += 1
            else:
                await asyncio.to_thread(self._tell, TaskTopic.UNMENDED, case_id, UNMENDED)
                raised += 1
        woken = 0
        for case_id in await asyncio.to_thread(self._watch.behind, self._moment):
            beat(case_id)
            woken += await self._woken(case_id)
        await asyncio.to_thread(self._pass_on)
        _log.info("reconciled", started=started, woken=woken, parked=parked, raised=raised)
        return Mended(started=started, woken=woken, parked=parked, raised=raised)

    async def wake(self, case_ids: list[str]) -> None:
        """Tell cases that the ledger has news."""
        for case_id in case_ids:
            await self._wake(case_id)

    async def _look_in(self, beat: Callable[..., None]) -> None:
        """What came back is applied first; who cannot be woken now is behind, and found below."""
        if self._incoming is None:
            return
        for case_id in await asyncio.to_thread(self._incoming.look_in, beat):
            await self._woken(case_id)

    async def _missing(self) -> list[str]:
        """Cases without a running workflow; visibility may lag, so each is looked at by itself."""
        expected = await asyncio.to_thread(lambda: list(self._watch.running()))
        alive = await self._runs.running() if expected else set()
        suspects = [case_id for case_id in expected if case_id not in alive]
        return [one for one in suspects if not await self._runs.is_running(one)]

    def _set_aside(self, case_id: str) -> None:
        self._watch.park(case_id)
        self._tell(TaskTopic.SET_ASIDE, case_id, SET_ASIDE)

    def _tell(self, topic: TaskTopic, case_id: str, title: str) -> None:
        key, due_at = str(TaskKey.of(topic, case_id)), self._clock()
        task = Task(key=key, kind=TaskKind.QUESTION, case=case_id, title=title, due_at=due_at)
        self._watch.put_task(task)

    def _pass_on(self) -> None:
        """Nothing ever lies with one person for good: the same round looks at the desk."""
        passed = self._watch.pass_on_late_tasks(self._clock())
        if passed:
            _log.info("passed on", tasks=passed)

    async def _woken(self, case_id: str) -> bool:
        try:
            await self._wake(case_id)
        except (RPCError, LookupError) as error:
            _log.warning("not mended", case=case_id, error=type(error).__name__)
            return False
        return True

    async def _wake(self, case_id: str) -> None:
        found = await asyncio.to_thread(self._cases.look, case_id)
        if not found.is_over:
            await self._runs.wake(found.case, found.stage)
