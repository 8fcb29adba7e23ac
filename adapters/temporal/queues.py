"""Which task queue carries which activity, so that a slow provider never holds up a payment."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from temporalio import activity, workflow
from temporalio.worker import (
    Interceptor,
    StartActivityInput,
    WorkflowInboundInterceptor,
    WorkflowInterceptorClassInput,
    WorkflowOutboundInterceptor,
)

from adapters.config.environment import SettingsError
from domain.message_types import OUTGOING, ActionType
from domain.names import TASK_QUEUES

Activities = Sequence[Callable[..., Any]]


class Duty(StrEnum):
    """What a worker is there for; each duty has a task queue and slots of its own."""

    DECIDE = "decide"
    SEND = "send"
    BACKGROUND = "background"

    @property
    def queue(self) -> str:
        """The task queue of this duty."""
        return TASK_QUEUES[self.value]

    @property
    def slots(self) -> int:
        """How many activities of this duty one process does at once."""
        return _SLOTS[self]


_SLOTS: Mapping[Duty, int] = MappingProxyType(
    {Duty.DECIDE: 8, Duty.SEND: 16, Duty.BACKGROUND: 4},
)
"""A sending activity waits for its provider most of the time; deciding is work for this process."""

_OUTWARD = OUTGOING | {ActionType.RECALL}
_DUTIES: Mapping[str, Duty] = MappingProxyType(
    {do.value: Duty.SEND for do in _OUTWARD}
    | dict.fromkeys(("reconcile", "deliver_happenings"), Duty.BACKGROUND)
)


def duty_of(name: str) -> Duty:
    """The duty to which the activity of that name belongs; deciding is everything else."""
    return _DUTIES.get(name, Duty.DECIDE)


def read_duties(given: str) -> tuple[Duty, ...]:
    """Read duties such as ``decide,send``; each once, in their usual order.

    Raises:
        SettingsError: naming a word that is none of them, or that there is none.
    """
    words = {word.strip().casefold() for word in given.split(",")} - {""}
    known = ", ".join(Duty)
    for word in sorted(words - {duty.value for duty in Duty}):
        raise SettingsError(f"AMICABLE_WORKER__QUEUES: {word!r} is none of {known}")
    if not words:
        raise SettingsError(f"AMICABLE_WORKER__QUEUES: name at least one of {known}")
    return tuple(duty for duty in Duty if duty.value in words)


def served_by(duty: Duty, duties: Sequence[Duty], activities: Activities) -> list[Any]:
    """The activities that a worker registers for one of its duties.

    Who decides also carries out what an earlier release, which knew one queue only, left on that
    queue for its other duties.
    """
    mine = duties if duty is Duty.DECIDE else (duty,)
    return [one for one in activities if duty_of(_name(one)) in mine]


def _name(one: Callable[..., Any]) -> str:
    return activity._Definition.must_from_callable(one).name or ""  # noqa: SLF001 - the SDK shows an activity's name nowhere else


class RoutedActivities(Interceptor):
    """Hands each activity to the task queue of its duty.

    Replay does not compare the queue of an activity, so histories from before this stay valid.
    """

    def workflow_interceptor_class(
        self,
        input: WorkflowInterceptorClassInput,  # noqa: A002 - its name in the SDK
    ) -> type[WorkflowInboundInterceptor]:
        """Stand between a workflow and what it starts."""
        return _Inbound


class _Inbound(WorkflowInboundInterceptor):
    def init(self, outbound: WorkflowOutboundInterceptor) -> None:
        super().init(_Outbound(outbound))


class _Outbound(WorkflowOutboundInterceptor):
    def start_activity(self, input: StartActivityInput) -> workflow.ActivityHandle[Any]:  # noqa: A002 - its name in the SDK
        input.task_queue = input.task_queue or duty_of(input.activity).queue
        return super().start_activity(input)
