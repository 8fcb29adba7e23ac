"""Cases that are stuck: found, told to a person, and ticked off when they go on again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable, Sequence

import structlog
from temporalio.service import RPCError

from activities.ports.clock import Clock
from activities.ports.types import LONGEST_TITLE, Task
from activities.watching.parts import Finish, Put
from activities.watching.ports import (
    FAILED_ATTEMPTS,
    StuckCase,
    StuckCaseList,
    Trouble,
    Workflows,
)
from domain.ids import CaseId
from domain.intake.limits import writable
from domain.parties.tasks import MANY_CASES, TaskKey, TaskKind, TaskTopic

LOOKS = 200
"""Workflows that are looked at in one round; what is left over is looked at in the next."""

EACH_BY_ITSELF = 20
"""More stuck cases than these have one cause, and are one task."""

GOES_ON = "it does not fail any more"
WAY_OUT = (
    "The activity's failure on the workflow's page in Temporal, and the worker's log, say why. "
    "Nothing is lost meanwhile. Cancelling the workflow parks the case, and puts on the desk what "
    "it heard and could not take in."
)
_log = structlog.get_logger("amicable.reconciler")


class StuckCaseWatch:
    """Looks after cases that are woken in vain, and activities that fail again and again."""

    def __init__(  # noqa: PLR0913 - what it asks, and whom it tells
        self,
        cases: StuckCaseList,
        workflows: Workflows,
        overdue: Callable[[int], Sequence[str]],
        put: Put,
        finish: Finish,
        *,
        clock: Clock,
    ) -> None:
        """``overdue`` answers up to so many cases whose step was due a while ago."""
        self._cases = cases
        self._workflows = workflows
        self._overdue = overdue
        self._put = put
        self._finish = finish
        self._clock = clock

    async def woken_again(self, behind: Collection[str]) -> None:
        """Count the cases that are behind, whatever was done about it in the rounds before.

        One whose message may still be on the wire waits as it should, and is not counted.
        """
        known = set(await asyncio.to_thread(self._cases.suspects)) & set(behind)
        looked = [(one, await self._look_at(one)) for one in sorted(known)[:LOOKS]]
        waiting = {one for one, trouble in looked if trouble is None or trouble.waits}
        await asyncio.to_thread(self._cases.woken_in_vain, sorted(set(behind) - waiting))

    async def look(self, beat: Callable[..., None] = lambda *_: None) -> int:
        """Look at all that may be stuck; answers how many are, once people know of them."""
        looked = [(one, await self._look_at(one, beat)) for one in await self._candidates()]
        found = {one: trouble for one, trouble in looked if trouble is not None}
        failing = {one: trouble for one, trouble in found.items() if trouble.attempts}
        well = [one for one in found if one not in failing]
        return await asyncio.to_thread(self._tell, failing, well)

    async def _candidates(self) -> list[str]:
        """What was noted before first, then what Temporal reports, then what is overdue."""
        recorded = await asyncio.to_thread(self._cases.suspects)
        reported = sorted(await self._workflows.reported())
        overdue = await asyncio.to_thread(self._overdue, LOOKS)
        return list(dict.fromkeys((*recorded, *reported, *overdue)))[:LOOKS]

    async def _look_at(
        self, one: str, beat: Callable[..., None] = lambda *_: None
    ) -> Trouble | None:
        """What troubles a workflow; None if nothing is heard: it holds up no other."""
        beat(one)
        try:
            return await self._workflows.trouble(one)
        except RPCError:
            return None

    def _tell(self, failing: dict[str, Trouble], well: Iterable[str]) -> int:
        often = {
            writable(one): trouble
            for one, trouble in failing.items()
            if trouble.attempts >= FAILED_ATTEMPTS
        }
        self._cases.seen(often, list(well))
        for case_id in self._cases.forget_the_well():
            self._finish(_key(case_id), GOES_ON)
        stuck = self._cases.stuck()
        for task in _tasks(stuck, self._clock):
            self._put(task)
        if len(stuck) <= EACH_BY_ITSELF:
            self._finish(_key(MANY_CASES), "fewer are stuck now; each has a task of its own")
        if stuck:
            _log.warning("stuck", cases=len(stuck), first=stuck[0].case_id)
        return len(stuck)


def _tasks(stuck: Sequence[StuckCase], clock: Clock) -> list[Task]:
    now = clock()
    if len(stuck) > EACH_BY_ITSELF:
        title = f"{len(stuck)} cases do not go on by themselves; the log names the first"
        key = str(TaskKey.of(TaskTopic.STUCK, MANY_CASES, f"{now:%Y-%m-%d}"))
        return [
            Task(key=key, kind=TaskKind.QUESTION, case="", title=title, detail=WAY_OUT, due_at=now)
        ]
    return [
        Task(
            key=str(TaskKey.of(TaskTopic.STUCK, one.case_id, f"{one.since:%Y%m%dT%H%M%S}")),
            kind=TaskKind.QUESTION,
            case=one.case_id if one.case_id.startswith(f"{CaseId.KIND}/") else "",
            title=f"{one.case_id} does not go on by itself: {_why(one)}"[:LONGEST_TITLE],
            detail=WAY_OUT,
            due_at=now,
        )
        for one in stuck
    ]


def _why(one: StuckCase) -> str:
    if one.attempts >= FAILED_ATTEMPTS:
        return f"it failed {one.attempts} times ({one.failure})"
    return f"it was woken {one.rounds} rounds running and did not look at what it was told"


def _key(case_id: str) -> str:
    return TaskKey.beginning(TaskTopic.STUCK, case_id)
