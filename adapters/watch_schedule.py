"""The reconciler's rounds: a Temporal Schedule, so that they go on whatever worker dies."""

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

from domain.names import RECONCILE_WORKFLOW, TASK_QUEUE

SCHEDULE = "amicable-reconcile"
EVERY = timedelta(minutes=5)


async def keep_watch(client: Client, every: timedelta = EVERY) -> None:
    """Make sure that the reconciler looks around regularly; harmless to repeat.

    Rounds never overlap, and what an outage missed is not caught up: the next round sees it all.
    """
    schedule = Schedule(
        action=ScheduleActionStartWorkflow(RECONCILE_WORKFLOW, id=SCHEDULE, task_queue=TASK_QUEUE),
        spec=ScheduleSpec(intervals=[ScheduleIntervalSpec(every=every)]),
        policy=SchedulePolicy(
            overlap=ScheduleOverlapPolicy.SKIP, catchup_window=timedelta(minutes=1)
        ),
    )
    with contextlib.suppress(ScheduleAlreadyRunningError):
        await client.create_schedule(SCHEDULE, schedule)
