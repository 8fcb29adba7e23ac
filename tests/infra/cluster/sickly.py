"""A workflow and an activity that fail once each, so that every figure of the SDK is shown."""

from __future__ import annotations

from datetime import timedelta

from temporalio import activity, workflow
from temporalio.common import RetryPolicy

FIRST_TASK = 3
"""Events of a history when its first task begins."""

_fallen: list[bool] = []
SOON = RetryPolicy(initial_interval=timedelta(milliseconds=1))


@activity.defn
async def stumble() -> None:
    """Fail at the first attempt."""
    if activity.info().attempt == 1:
        raise RuntimeError("the first attempt fails")


@workflow.defn
class Stumbling:
    """Fail a workflow task, then go on with an activity that fails once."""

    @workflow.run
    async def run(self) -> None:
        """Stumble twice."""
        if workflow.info().get_current_history_length() == FIRST_TASK and not _fallen:
            _fallen.append(True)
            raise RuntimeError("the first task fails")
        await workflow.execute_activity(
            stumble, start_to_close_timeout=timedelta(seconds=60), retry_policy=SOON
        )
