"""The activity half of the workers: attempts that crash, time out and are made again."""

# One thing: what Temporal promises about an activity, from its first attempt to its answer.

from __future__ import annotations

import inspect
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

import psycopg
from sqlalchemy.exc import DBAPIError, PendingRollbackError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from temporalio import activity
from temporalio.api.enums.v1 import TimeoutType
from temporalio.api.failure.v1 import Failure
from temporalio.bridge.proto.workflow_activation import ResolveActivity
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError
from temporalio.testing import ActivityEnvironment

from activities.ports.types import BusyError
from activities.sending.holding_back import ComeBackLaterError
from activities.watching.ports import Trouble
from domain.names import HELD_UP, PLANNED_WAIT
from tests.simulation.processes import Fault, Process, Work
from tests.simulation.stage import Broken, Stage
from tests.simulation.temporal import CONVERTER, Run, SimulatedTemporal

STEPS = 60
"""Something befalls a piece of work at one of so many steps, until it is known how many it has."""

ONE_IN = 7.0
"""How often anything befalls an attempt."""

_FAULTS = (Fault.DIE, Fault.DIE, Fault.FREEZE, Fault.CUT)


_BY_FAULTS = (
    DBAPIError,
    PendingRollbackError,
    psycopg.OperationalError,
    PoolTimeoutError,
    RPCError,
    BusyError,
    ComeBackLaterError,
)


def only_by_faults(work: Work) -> None:
    """Let pass what failed because of a fault; anything else is a fault of the program.

    Raises:
        Broken: with the place where it failed.
    """
    error = work.error
    planned = isinstance(error, ApplicationError) and error.type in {PLANNED_WAIT, HELD_UP}
    if error is None or planned or isinstance(error, _BY_FAULTS):
        return
    if isinstance(error, Broken):
        raise error
    where = "".join(traceback.format_exception(error)[-6:])
    raise Broken(f"{work.name} fails by itself: {where}") from error


def kind_of(name: str) -> str:
    """Tell what kind of work it is by its name: the activity, without case and attempt."""
    return name.rpartition(" ")[2].partition("#")[0]


class Parts(Protocol):
    """What one process puts together when it starts."""

    @property
    def activities(self) -> list[Callable[..., Any]]:
        """The activities that it runs."""
        ...


@dataclass(eq=False)
class Wanted:
    """An activity that a workflow waits for.

    Attributes:
        attempt: how many attempts were begun; over: the newest that the server gave up.
        failed: how many of them failed, and how the last did.
    """

    run: Run
    seq: int
    name: str
    args: list[Any]
    since: datetime
    one_try: timedelta
    whole: timedelta | None
    longest: timedelta
    attempt: int = 0
    over: int = 0
    failed: int = 0
    failure: str = ""


class Workers:
    """Two worker processes; whichever dies comes again, and knows nothing.

    Attributes:
        attempts: how many attempts at activities were begun.
        deaths: how many processes died.
        gap: called with an attempt that has nothing locked.
        marked: called with an attempt that has marked a message, and has not looked last.
    """

    def __init__(
        self, stage: Stage, temporal: SimulatedTemporal, build: Callable[[], Parts]
    ) -> None:
        self.stage, self._temporal, self._build = stage, temporal, build
        self.attempts = self.deaths = 0
        self.gap: Callable[[Work, str], None] = lambda *_: None
        self.marked: Callable[[Work, str], None] = lambda *_: None
        self._born = 0
        self._steps: dict[str, int] = {}
        self._crew = [self._new(), self._new()]
        temporal.schedule = self._schedule

    def trouble(self, case: str) -> Trouble:
        """Tell what Temporal would about a case's activities."""
        known = self._temporal.runs.get(case)
        found = list(known.pending.values()) if known and known.status == "running" else []
        waits = any(one.failure == PLANNED_WAIT for one in found)
        bad = [one for one in found if one.failure not in {"", PLANNED_WAIT, HELD_UP}]
        worst = max(bad, key=lambda one: one.failed, default=None)
        failure = worst.failure if worst else ""
        return Trouble(attempts=worst.failed if worst else 0, failure=failure, waits=waits)

    def begin(self, name: str, what: Callable[[], object], case: str = "") -> Work:
        """Begin a piece of work in one of the processes; something may befall it."""
        process, _ = self._one()
        work = self._work(process, name, what, case)
        work.ended = self._learns
        work.begin()
        return work

    def _work(self, process: Process, name: str, what: Callable[[], object], case: str) -> Work:
        work = Work(self.stage, process, name, what)
        work.gap = lambda: self.gap(work, case)
        work.marked = lambda: self.marked(work, case)
        if self.stage.chance(ONE_IN):
            dice = self.stage.dice
            most = self._steps.get(kind_of(name), STEPS)
            work.fault = (dice.randint(1, most), dice.choice(_FAULTS))
        return work

    def _learns(self, work: Work) -> None:
        """Remember how many steps a kind of work has, so that faults fall on all of them alike."""
        if not work.died and work.error is None:
            kind = kind_of(work.name)
            self._steps[kind] = max(self._steps.get(kind, 0), work.passed, 1)

    def _new(self) -> tuple[Process, dict[str, Callable[..., Any]]]:
        self._born += 1
        known = self._build().activities
        named = {activity._Definition.must_from_callable(one).name or "": one for one in known}
        return Process(f"worker-{self._born}"), named

    def _one(self) -> tuple[Process, dict[str, Callable[..., Any]]]:
        place = self.stage.dice.randrange(len(self._crew))
        if self._crew[place][0].dead:
            self.deaths += 1
            self._crew[place] = self._new()
            self._temporal.forget()
        return self._crew[place]

    def _schedule(self, run_: Run, command: Any) -> None:
        whole = command.schedule_to_close_timeout.ToTimedelta()
        _, known = self._one()
        hints = list(
            inspect.signature(known[command.activity_type], eval_str=True).parameters.values()
        )
        args = CONVERTER.from_payloads(command.arguments, [one.annotation for one in hints])
        wanted = Wanted(
            run_,
            command.seq,
            command.activity_type,
            args,
            self.stage.now,
            command.start_to_close_timeout.ToTimedelta(),
            whole or None,
            command.retry_policy.maximum_interval.ToTimedelta(),
        )
        run_.pending[command.seq] = wanted
        self._try(wanted)

    def _try(self, wanted: Wanted) -> None:
        """Begin an attempt; whoever dies of it says nothing, and time tells."""
        if not self._waits(wanted, wanted.attempt):
            return
        wanted.attempt += 1
        self.attempts += 1
        number, stage = wanted.attempt, self.stage
        process, known = self._one()
        env = ActivityEnvironment()
        env.info = replace(
            env.info,
            activity_type=wanted.name,
            attempt=number,
            current_attempt_scheduled_time=stage.now,
            workflow_id=wanted.run.case,
        )

        def attempt() -> object:
            return env.run(known[wanted.name], *wanted.args)

        work = self._work(
            process, f"{wanted.run.case} {wanted.name}#{number}", attempt, wanted.run.case
        )
        work.ended = lambda done: self._ended(wanted, number, done)
        stage.after(wanted.one_try, lambda: self._failed(wanted, number, "TimedOut", None))
        work.begin()

    def _waits(self, wanted: Wanted, number: int) -> bool:
        run_ = wanted.run
        alive = run_.status == "running" and run_.pending.get(wanted.seq) is wanted
        return alive and wanted.attempt == number

    def _ended(self, wanted: Wanted, number: int, work: Work) -> None:
        only_by_faults(work)
        self._learns(work)
        if work.died or wanted.over >= number or not self._waits(wanted, number):
            return
        if work.error is None:
            answer = ResolveActivity(seq=wanted.seq)
            answer.result.completed.result.CopyFrom(CONVERTER.to_payload(work.result))
            self._temporal.resolve(wanted.run, answer)
            return
        error = work.error
        kind = (error.type or "") if isinstance(error, ApplicationError) else type(error).__name__
        wait = error.next_retry_delay if isinstance(error, ApplicationError) else None
        if kind not in {PLANNED_WAIT, HELD_UP}:
            self.stage.note(work.name, "fails:", kind)
        self._failed(wanted, number, kind, wait)

    def _failed(self, wanted: Wanted, number: int, kind: str, wait: timedelta | None) -> None:
        """Another attempt after a pause, unless the whole has taken too long."""
        if not self._waits(wanted, number) or wanted.over >= number:
            return
        wanted.over = wanted.failed = number
        wanted.failure = kind
        doubled = timedelta(seconds=min(2 ** (number - 1), wanted.longest.total_seconds()))
        pause = doubled if wait is None else wait
        if wanted.whole and self.stage.now + pause > wanted.since + wanted.whole:
            self._give_up(wanted)
            return
        self.stage.after(pause, lambda: self._again(wanted, number))

    def _again(self, wanted: Wanted, number: int) -> None:
        if self._waits(wanted, number):
            self._try(wanted)

    def _give_up(self, wanted: Wanted) -> None:
        answer = ResolveActivity(seq=wanted.seq)
        failure = Failure(message="activity error")
        failure.activity_failure_info.activity_type.name = wanted.name
        failure.cause.message = "it took too long"
        failure.cause.timeout_failure_info.timeout_type = TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_CLOSE
        answer.result.failed.failure.CopyFrom(failure)
        self.stage.note(wanted.run.case, wanted.name, "is given up")
        self._temporal.resolve(wanted.run, answer)
