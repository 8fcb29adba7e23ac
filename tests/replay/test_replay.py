"""Cases that run right now must go on under the code of today, whatever the rules of today say."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Interceptor, Replayer, UnsandboxedWorkflowRunner, WorkflowRunner
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner

from adapters.temporal.queues import RoutedActivities
from adapters.temporal.workers import workflow_runner
from domain import calendar
from domain.case.facts import Action
from domain.decision import deeds, rules, state
from domain.ladder import next_step
from domain.message_types import ActionType
from domain.policy import model as policy
from tests.replay import kept
from tests.replay.plots import PLOTS
from workflows.invoice import InvoiceWorkflow
from workflows.payment import PostPayment

CURE = """
{name} does not replay: {failure}

The shell issues other commands than it did when this case ran, so cases that run right now would
stick. Either put the old order back, or guard the new one with workflow.patched("what-changed")
and record a new history beside this one. Never record this one anew. See docs/versioning.md.
"""


def _replayer(
    runner: WorkflowRunner | None = None, interceptors: Sequence[Interceptor] = ()
) -> Replayer:
    return Replayer(
        workflows=[InvoiceWorkflow, PostPayment],
        data_converter=pydantic_data_converter,
        workflow_runner=runner or workflow_runner(),
        interceptors=interceptors,
    )


async def _check(name: str, replayer: Replayer, upto: int | None = None) -> None:
    told = kept.history(name, upto)
    done = await replayer.replay_workflow(told, raise_on_replay_failure=False)
    assert done.replay_failure is None, CURE.format(name=name, failure=done.replay_failure)


def test_every_plot_has_a_history() -> None:
    assert {name.rpartition("-")[0].removesuffix("_before") for name in kept.names()} == set(PLOTS)


@pytest.mark.parametrize("name", kept.names())
async def test_a_kept_history_replays(name: str) -> None:
    await _check(name, _replayer())


@pytest.mark.parametrize("name", kept.names()[::5])
async def test_a_kept_history_replays_where_every_run_loads_the_code_anew(name: str) -> None:
    await _check(name, _replayer(SandboxedWorkflowRunner()))


@pytest.mark.parametrize("name", kept.names())
async def test_a_history_from_one_queue_replays_where_sending_has_its_own(name: str) -> None:
    await _check(name, _replayer(interceptors=[RoutedActivities()]))


@pytest.mark.parametrize("name", kept.names())
async def test_a_case_that_stood_at_any_of_its_steps_goes_on(name: str) -> None:
    events = kept.raw(name)["events"]
    stops = [
        number
        for number, event in enumerate(events, start=1)
        if event["eventType"] == "EVENT_TYPE_WORKFLOW_TASK_COMPLETED"
    ]
    for stop in stops[:-1]:
        await _check(name, _replayer(), stop)


@pytest.fixture(params=["absurd", "broken"])
def another_world(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules, policies and calendars as no sane person would write them."""

    def absurd(*_: Any, **__: Any) -> Any:
        return Action(do=ActionType.CLOSE, at=NEVER, why="because")

    def broken(*_: Any, **__: Any) -> Any:
        raise ZeroDivisionError

    worse: Callable[..., Any] = absurd if request.param == "absurd" else broken
    monkeypatch.setattr(rules, "next_action", worse)
    monkeypatch.setattr(rules, "RULES", (worse,))
    monkeypatch.setattr(state, "next_action", worse)
    monkeypatch.setattr(deeds, "stage_of", worse)
    monkeypatch.setattr(next_step.Ladder, "next_rung", worse)
    monkeypatch.setattr(policy.Policy, "step", worse)
    for name in ("within", "start_of", "end_of", "local_date"):
        monkeypatch.setattr(calendar.Calendar, name, worse)


NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@pytest.mark.usefixtures("another_world")
@pytest.mark.parametrize("name", kept.names())
async def test_rules_policies_and_calendars_may_change_under_a_running_case(name: str) -> None:
    # Without a sandbox, so that the shell would meet the changed modules if it asked them.
    await _check(name, _replayer(UnsandboxedWorkflowRunner()))
