"""What Temporal tells about a workflow is read: which failures count, and which only wait."""

import pytest
from temporalio.api.failure.v1 import ApplicationFailureInfo, Failure, TimeoutFailureInfo
from temporalio.api.workflow.v1 import PendingActivityInfo, PendingWorkflowTaskInfo
from temporalio.api.workflowservice.v1 import DescribeWorkflowExecutionResponse

from activities.watching.ports import Trouble
from adapters.temporal.troubles import TIMED_OUT, WORKFLOW_TASK, trouble_in
from domain.names import HELD_UP, PLANNED_WAIT


def failed(kind: str, attempt: int) -> DescribeWorkflowExecutionResponse:
    """A run whose activity is at that attempt; the one before failed so."""
    failure = Failure(application_failure_info=ApplicationFailureInfo(type=kind))
    pending = PendingActivityInfo(attempt=attempt, last_failure=failure)
    return DescribeWorkflowExecutionResponse(pending_activities=[pending])


@pytest.mark.parametrize(("attempt", "attempts"), [(2, 1), (3, 2), (4, 3)])
def test_the_attempt_that_is_under_way_has_not_failed_yet(attempt: int, attempts: int) -> None:
    assert trouble_in(failed("KeyError", attempt)) == Trouble(attempts=attempts, failure="KeyError")


def test_a_first_attempt_is_no_trouble() -> None:
    pending = PendingActivityInfo(attempt=1)
    found = DescribeWorkflowExecutionResponse(pending_activities=[pending])

    assert trouble_in(found) == Trouble()


def test_nothing_pending_is_no_trouble() -> None:
    assert trouble_in(DescribeWorkflowExecutionResponse()) == Trouble()


def test_an_attempt_that_waits_as_it_should_is_no_failure() -> None:
    assert trouble_in(failed(PLANNED_WAIT, 15)) == Trouble(waits=True)


def test_an_account_in_anothers_hands_is_no_failure() -> None:
    assert trouble_in(failed(HELD_UP, 15)) == Trouble()


def test_an_attempt_that_ran_out_of_time_has_failed() -> None:
    failure = Failure(timeout_failure_info=TimeoutFailureInfo())
    pending = PendingActivityInfo(attempt=4, last_failure=failure)
    found = DescribeWorkflowExecutionResponse(pending_activities=[pending])

    assert trouble_in(found) == Trouble(attempts=3, failure=TIMED_OUT)


@pytest.mark.parametrize(("attempt", "failure"), [(1, ""), (2, WORKFLOW_TASK)])
def test_a_workflow_whose_own_code_fails_is_in_trouble(attempt: int, failure: str) -> None:
    task = PendingWorkflowTaskInfo(attempt=attempt)
    found = DescribeWorkflowExecutionResponse(pending_workflow_task=task)

    assert trouble_in(found) == Trouble(attempts=attempt - 1, failure=failure)
