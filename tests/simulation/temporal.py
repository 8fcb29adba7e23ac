"""What stands where Temporal stands: it runs the real workflows, and activities at least once."""

# One thing: what Temporal promises about a workflow, from its start to its end.

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from temporalio.api.common.v1 import Payload, Payloads
from temporalio.bridge.proto.workflow_activation import (
    CancelWorkflow,
    DoUpdate,
    FireTimer,
    InitializeWorkflow,
    NotifyHasPatch,
    ResolveActivity,
    SignalWorkflow,
    WorkflowActivation,
    WorkflowActivationJob,
)
from temporalio.bridge.proto.workflow_commands import WorkflowCommand
from temporalio.common import Priority, TypedSearchAttributes
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import UnsandboxedWorkflowRunner, WorkflowInstance, WorkflowInstanceDetails
from temporalio.workflow import Info, _Definition

from domain.wire import InvoiceInput
from tests.simulation.processes import run as in_a_loop
from tests.simulation.stage import Broken, Stage
from workflows.invoice import InvoiceWorkflow

CONVERTER = pydantic_data_converter.payload_converter
_RUNNER = UnsandboxedWorkflowRunner()
_DEFINITION = _Definition.must_from_class(InvoiceWorkflow)
_NEW_RUN_AFTER = 30
"""Workflow tasks after which a new run may be suggested: far sooner than by the real server."""

Resolve = Callable[[ResolveActivity], None]
Schedule = Callable[["Run", Any], None]


@dataclass(eq=False)
class Run:
    """One run of a case's workflow, with its history.

    Attributes:
        history: every activation so far; a worker that knows nothing plays them again.
        shape: the kinds of commands that came of them.
        flags: ways of the library that this run has used, and uses when it is replayed.
        status: running, completed, canceled, terminated or continued.
        pending: the activities that were asked for and not answered yet.
        answers: what updates were answered, by their ids.
        ended: when it ended.
    """

    case: str
    id: str
    status: str = "running"
    history: list[WorkflowActivation] = field(default_factory=list)
    shape: list[str] = field(default_factory=list)
    patches: list[str] = field(default_factory=list)
    flags: set[int] = field(default_factory=set)
    jobs: list[WorkflowActivationJob] = field(default_factory=list)
    timers: set[int] = field(default_factory=set)
    pending: dict[int, Any] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    instance: WorkflowInstance | None = None
    due: datetime | None = None
    ended: datetime | None = None


class SimulatedTemporal:
    """The server and the workflow half of its workers.

    Attributes:
        runs: the newest run of each case.
        schedule: starts an activity that a workflow asked for.
        tasks: how many workflow tasks were done.
        taken_up: cases that were started again after they were cancelled, and when that was.
    """

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.runs: dict[str, Run] = {}
        self.schedule: Schedule = lambda *_: None
        self.tasks = self.replays = 0
        self.taken_up: dict[str, datetime] = {}
        self._count = 0

    def start(self, case: str, given: InvoiceInput, wait: timedelta) -> Run:
        """Start a case's workflow, or find it running."""
        known = self.runs.get(case)
        if known and known.status == "running":
            return known
        if known and known.status == "canceled" and known.ended:
            self.taken_up[case] = known.ended
        self._count += 1
        run = Run(case, f"run-{self._count}")
        self.runs[case] = run
        begin = InitializeWorkflow(
            workflow_type=_DEFINITION.name or "",
            workflow_id=case,
            arguments=CONVERTER.to_payloads([given]),
            randomness_seed=self._count,
            attempt=1,
        )
        run.jobs.append(WorkflowActivationJob(initialize_workflow=begin))
        self._soon(run, wait)
        return run

    def signal(self, run: Run, name: str, body: Mapping[str, Any] | None) -> None:
        """Send a signal; now and then it is delivered twice."""
        given = CONVERTER.to_payloads([body]) if body is not None else []
        for _ in range(2 if name == "nudge" and self.stage.happens(20) else 1):
            job = SignalWorkflow(signal_name=name, input=given, originating_event_id=1)
            run.jobs.append(WorkflowActivationJob(signal_workflow=job))
        self._soon(run, timedelta())

    def update(self, run: Run, name: str, ident: str, body: Mapping[str, Any]) -> None:
        """Send an update; its answer is found among the run's."""
        job = DoUpdate(
            id=ident,
            protocol_instance_id=ident,
            name=name,
            input=CONVERTER.to_payloads([body]),
            run_validator=True,
        )
        job.meta.update_id = ident
        run.jobs.append(WorkflowActivationJob(do_update=job))
        self._soon(run, timedelta())

    def cancel(self, case: str) -> None:
        """Ask a case's workflow to end."""
        run = self.runs[case]
        run.jobs.append(WorkflowActivationJob(cancel_workflow=CancelWorkflow(reason="operator")))
        self._soon(run, timedelta())

    def terminate(self, case: str) -> None:
        """End a case's workflow by accident, in the middle of whatever it does."""
        self._close(self.runs[case], "terminated")

    def resolve(self, run: Run, answer: ResolveActivity) -> None:
        """An activity has ended: its workflow hears of it."""
        if run.status == "running" and run.pending.pop(answer.seq, None):
            run.jobs.append(WorkflowActivationJob(resolve_activity=answer))
            self._soon(run, timedelta())

    def forget(self) -> None:
        """A worker died: what it had of workflows in its memory is gone."""
        for run in self.runs.values():
            run.instance = None

    def _soon(self, run: Run, wait: timedelta) -> None:
        """Let a worker look at a run; sooner, if that is so already."""
        if self.stage.happens(30):
            wait += timedelta(seconds=self.stage.dice.choice((3, 40, 900)))
        when = self.stage.now + wait
        if run.due is not None and run.due <= when:
            return
        run.due = when
        self.stage.at(when, lambda: self._task(run, when))

    def _task(self, run: Run, when: datetime) -> None:
        if run.due != when or run.status != "running":
            return
        run.due = None
        jobs, run.jobs = run.jobs, []
        if not jobs:
            return
        suggested = len(run.history) > _NEW_RUN_AFTER and self.stage.happens(4)
        activation = WorkflowActivation(
            run_id=run.id, jobs=jobs, continue_as_new_suggested=suggested
        )
        activation.timestamp.FromDatetime(self.stage.now)
        if run.instance is None:
            run.instance = self._replayed(run)
        self.tasks += 1
        run.history.append(activation)
        for command in self._activate(run, run.instance, activation):
            run.shape.append(_shape_of(command))
            self._carry_out(run, command)

    def _replayed(self, run: Run) -> WorkflowInstance:
        """Bring a workflow to where it stood from its history alone, as every restart does."""
        instance, shape = _instance(run, self.stage.now), list[str]()
        if run.history:
            self.replays += 1
        for past in run.history:
            copy = WorkflowActivation()
            copy.CopyFrom(past)
            copy.is_replaying = True
            copy.available_internal_flags.extend(sorted(run.flags))
            known = [WorkflowActivationJob(notify_has_patch=_patch(one)) for one in run.patches]
            if past is run.history[0]:
                copy.jobs.extend(known)
            shape += [_shape_of(command) for command in self._activate(run, instance, copy)]
        if shape != run.shape:
            raise Broken(f"{run.case}: replayed, its workflow does {shape}, not {run.shape}")
        return instance

    def _activate(
        self, run: Run, instance: WorkflowInstance, activation: WorkflowActivation
    ) -> list[WorkflowCommand]:
        done = instance.activate(activation)
        if done.HasField("failed"):
            raise Broken(f"{run.case}: a workflow task failed: {done.failed.failure.message}")
        run.flags.update(done.successful.used_internal_flags)
        return list(done.successful.commands)

    def _carry_out(self, run: Run, command: WorkflowCommand) -> None:
        kind = command.WhichOneof("variant") or ""
        known: Mapping[str, Callable[[Run, WorkflowCommand], None]] = {
            "start_timer": self._start_timer,
            "cancel_timer": lambda r, c: r.timers.discard(c.cancel_timer.seq),
            "schedule_activity": lambda r, c: self.schedule(r, c.schedule_activity),
            "request_cancel_activity": self._cancel_activity,
            "update_response": self._answered,
            "set_patch_marker": lambda r, c: r.patches.append(c.set_patch_marker.patch_id),
            "upsert_workflow_search_attributes": lambda *_: None,
            "continue_as_new_workflow_execution": self._continue,
            "complete_workflow_execution": lambda r, _: self._close(r, "completed"),
            "cancel_workflow_execution": lambda r, _: self._close(r, "canceled"),
        }
        if kind not in known:
            raise Broken(f"{run.case}: its workflow answers with {kind}")
        known[kind](run, command)

    def _continue(self, run: Run, command: WorkflowCommand) -> None:
        """A new run takes over what the old one knew, and whatever came for it meanwhile."""
        self._close(run, "continued")
        given = list(command.continue_as_new_workflow_execution.arguments)
        self.start(run.case, decoded(given, InvoiceInput), timedelta())

    def _close(self, run: Run, status: str) -> None:
        run.status, run.instance, run.ended = status, None, self.stage.now
        self.stage.note(run.case, run.id, status)

    def _start_timer(self, run: Run, command: WorkflowCommand) -> None:
        """A timer fires late now and then, after an outage much later."""
        seq, wait = command.start_timer.seq, command.start_timer.start_to_fire_timeout.ToTimedelta()
        if self.stage.happens(12):
            wait += timedelta(seconds=self.stage.dice.choice((5, 300, 7200, 100_000)))
        run.timers.add(seq)

        def fire() -> None:
            if run.status == "running" and seq in run.timers:
                run.timers.discard(seq)
                run.jobs.append(WorkflowActivationJob(fire_timer=FireTimer(seq=seq)))
                self._soon(run, timedelta())

        self.stage.after(wait, fire)

    def _cancel_activity(self, run: Run, command: WorkflowCommand) -> None:
        """The workflow stops waiting at once; the attempt that runs knows nothing of it."""
        answer = ResolveActivity(seq=command.request_cancel_activity.seq)
        failure = answer.result.cancelled.failure
        failure.activity_failure_info.activity_type.name = "decide"
        failure.cause.canceled_failure_info.SetInParent()
        self.resolve(run, answer)

    def _answered(self, run: Run, command: WorkflowCommand) -> None:
        response = command.update_response
        if response.HasField("completed"):
            run.answers[response.protocol_instance_id] = response.completed


def _shape_of(command: WorkflowCommand) -> str:
    """Tell what a command asks for, to the last byte: a replay must ask for the same."""
    whole = hashlib.sha256(command.SerializeToString(deterministic=True)).hexdigest()
    return f"{command.WhichOneof('variant')} {whole[:8]}"


def _patch(ident: str) -> NotifyHasPatch:
    return NotifyHasPatch(patch_id=ident)


def decoded(payloads: list[Payload], wanted: type) -> Any:
    """Read one value as a worker reads it."""
    (value,) = CONVERTER.from_payloads(payloads, [wanted])
    return value


def _instance(run: Run, now: datetime) -> WorkflowInstance:
    began = run.history[0].timestamp.ToDatetime(UTC) if run.history else now
    return in_a_loop(_made(run, began))


async def _made(run: Run, began: datetime) -> WorkflowInstance:
    """Make a workflow as a worker does, which has a loop by then."""
    return _RUNNER.create_instance(
        WorkflowInstanceDetails(
            payload_converter_factory=lambda: CONVERTER,
            failure_converter_class=pydantic_data_converter.failure_converter_class,
            interceptor_classes=[],
            defn=_DEFINITION,
            info=_info(run, began),
            randomness_seed=1,
            extern_functions={},
            disable_eager_activity_execution=True,
            worker_level_failure_exception_types=[],
            patch_activation_callback=None,
            last_completion_result=Payloads(),
            last_failure=None,
        )
    )


def _info(run: Run, began: datetime) -> Info:
    return Info(
        attempt=1,
        continued_run_id=None,
        cron_schedule=None,
        execution_timeout=None,
        first_execution_run_id=run.id,
        headers={},
        namespace="default",
        original_execution_run_id=run.id,
        parent=None,
        root=None,
        priority=Priority.default,
        raw_memo={},
        retry_policy=None,
        run_id=run.id,
        run_timeout=None,
        search_attributes={},
        start_time=began,
        task_queue="simulated",
        task_timeout=timedelta(seconds=10),
        typed_search_attributes=TypedSearchAttributes([]),
        workflow_id=run.case,
        workflow_start_time=began,
        workflow_type=_DEFINITION.name or "",
    )
