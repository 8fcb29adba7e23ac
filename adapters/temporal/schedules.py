"""Temporal Schedules of the reconciler and of webhooks, which go on whatever worker dies."""

from __future__ import annotations

import contextlib
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
)

from domain.names import HAPPENINGS_WORKFLOW, RECONCILE_WORKFLOW, TASK_QUEUE

SCHEDULE = "amicable-reconcile"
_EVERY = timedelta(minutes=5)
ROUNDS = (
    (SCHEDULE, RECONCILE_WORKFLOW, _EVERY),
    ("amicable-happenings", HAPPENINGS_WORKFLOW, timedelta(minutes=1)),
)
"""Each schedule with its workflow and how often it starts."""


async def keep_watch(client: Client) -> None:
    """Make sure that both schedules are there; harmless to repeat.

    Rounds never overlap, and what an outage missed is not caught up: the next round sees it all.
    """
    for name, workflow, every in ROUNDS:
        schedule = Schedule(
            action=ScheduleActionStartWorkflow(workflow, id=name, task_queue=TASK_QUEUE),
            spec=ScheduleSpec(intervals=[ScheduleIntervalSpec(every=every)]),
            policy=SchedulePolicy(
                overlap=ScheduleOverlapPolicy.SKIP, catchup_window=timedelta(minutes=1)
            ),
        )
        with contextlib.suppress(ScheduleAlreadyRunningError):
            await client.create_schedule(name, schedule)
