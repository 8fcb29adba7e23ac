"""What Temporal tells about a workflow that does not go on."""

from __future__ import annotations

from temporalio.api.failure.v1 import Failure
from temporalio.api.workflow.v1 import PendingActivityInfo
from temporalio.api.workflowservice.v1 import DescribeWorkflowExecutionResponse

from activities.watching.ports import Trouble
from domain.names import HELD_UP, PLANNED_WAIT

WORKFLOW_TASK = "WorkflowTask"
"""The failure of a workflow whose own code cannot go on."""

TIMED_OUT = "TimedOut"


def trouble_in(found: DescribeWorkflowExecutionResponse) -> Trouble:
    """Read what Temporal describes: failed attempts that were not meant to wait."""
    failed = [_failed(one) for one in found.pending_activities]
    if found.HasField("pending_workflow_task"):
        failed.append((found.pending_workflow_task.attempt - 1, WORKFLOW_TASK))
    waits = any(kind == PLANNED_WAIT for _, kind in failed)
    counted = [(count, kind) for count, kind in failed if kind not in {PLANNED_WAIT, HELD_UP}]
    attempts, failure = max(counted, default=(0, ""))
    return Trouble(attempts=attempts, failure=failure if attempts else "", waits=waits)


def _failed(one: PendingActivityInfo) -> tuple[int, str]:
    """How many attempts of an activity failed, and how the last did."""
    if not one.HasField("last_failure"):
        return 0, ""
    return one.attempt - 1, _kind(one.last_failure)


def _kind(failure: Failure) -> str:
    if failure.HasField("timeout_failure_info"):
        return TIMED_OUT
    return failure.application_failure_info.type or "Failure"
