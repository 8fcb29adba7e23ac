"""Temporal Schedules of the reconciler and of webhooks, which go on whatever worker dies."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleIntervalSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleSpec,
    ScheduleUpdate,
    ScheduleUpdateInput,
)

from domain.names import HAPPENINGS_WORKFLOW, RECONCILE_WORKFLOW, TASK_QUEUE

SCHEDULE = "amicable-reconcile"
_EVERY = timedelta(minutes=5)
ROUNDS = (
    (SCHEDULE, RECONCILE_WORKFLOW, _EVERY),
    ("amicable-happenings", HAPPENINGS_WORKFLOW, timedelta(minutes=1)),
)
"""Each schedule with its workflow and how often it starts."""


async def keep_watch(client: Client, reconcile_every: timedelta = _EVERY) -> None:
    """Make sure that the reconciler looks around and others are told; harmless to repeat.

    A schedule that is there already is changed to what this version and its settings want; that a
    person paused it stays.
    """
    for name, workflow, every in ROUNDS:
        wanted = _schedule(name, workflow, reconcile_every if name == SCHEDULE else every)
        try:
            await client.create_schedule(name, wanted)
        except ScheduleAlreadyRunningError:
            await _bring_up_to_date(client, name, wanted)


def _schedule(name: str, workflow: str, every: timedelta) -> Schedule:
    """Rounds never overlap, and what an outage missed is not caught up: the next sees it all."""
    return Schedule(
        action=ScheduleActionStartWorkflow(workflow, id=name, task_queue=TASK_QUEUE),
        spec=ScheduleSpec(intervals=[ScheduleIntervalSpec(every=every)]),
        policy=SchedulePolicy(
            overlap=ScheduleOverlapPolicy.SKIP, catchup_window=timedelta(minutes=1)
        ),
    )


async def _bring_up_to_date(client: Client, name: str, wanted: Schedule) -> None:
    def change(found: ScheduleUpdateInput) -> ScheduleUpdate | None:
        known = found.description.schedule
        if _what_counts(known) == _what_counts(wanted):
            return None
        return ScheduleUpdate(replace(wanted, state=known.state))

    await client.get_schedule_handle(name).update(change)


def _what_counts(schedule: Schedule) -> object:
    action = schedule.action
    started = (
        (action.workflow, action.id, action.task_queue)
        if isinstance(action, ScheduleActionStartWorkflow)
        else None
    )
    every = [one.every for one in schedule.spec.intervals]
    return started, every, schedule.policy.overlap, schedule.policy.catchup_window
