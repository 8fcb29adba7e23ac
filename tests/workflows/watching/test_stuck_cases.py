"""A case that does not go on by itself is a task and a figure, and can be cancelled."""

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from temporalio.client import WorkflowExecutionStatus, WorkflowFailureError, WorkflowHandle
from temporalio.worker import Worker

from activities.cases import session
from activities.ports.stores.tasks import TaskFilter, TaskRow
from activities.ports.types import CaseFile
from activities.reconcile import ReconcilerActivities
from activities.watching.ports import FAILED_ATTEMPTS, ROUNDS_IN_VAIN
from adapters.ledger.queries.case_watch import SqlCaseWatch
from adapters.ledger.queries.rounds import SqlRoundLog
from adapters.ledger.queries.stuck import SqlStuckCases
from adapters.ledger.reports.gauges import read_gauges
from adapters.ledger.tasks import desk
from adapters.runtime.machine import machine_clock
from adapters.temporal.queues import RoutedActivities
from adapters.temporal.runs import Runs
from domain.decision.state import CaseState, case_state
from domain.message_types import MessageType
from domain.parties.tasks import TaskState
from starter.client.client import AsyncAmicable
from tests.workflows.factories import BRISK, WorkflowHarness
from workflows.registry import WORKFLOWS

Handle = WorkflowHandle[Any, Any]


def _stuck(application: WorkflowHarness, case: str) -> list[TaskRow]:
    """What lies on the desk because the case is stuck, done or not."""
    asked = (TaskFilter(case=case, status=status) for status in TaskState)
    found = (row for one in asked for row in desk.find_tasks(application.engine, one))
    return [row for row in found if row.task.key.startswith("stuck/")]


def _recorded(application: WorkflowHarness, case: str) -> tuple[int, int, str]:
    """Rounds in vain, failed attempts, and how the last one failed."""
    with application.engine.connect() as link:
        query = text("SELECT rounds, attempts, failure FROM stuck_case WHERE case_id = :case")
        row = link.execute(query, {"case": case}).one_or_none()
    return tuple(row) if row else (0, 0, "")


async def _to_its_deed(application: WorkflowHarness, handle: Handle) -> None:
    wait = (application.row(handle.id).next_at or application.now) - await application.clock(handle)
    await application.env.fast_forward(handle, wait + timedelta(seconds=1))


async def test_a_deed_that_failed_three_times_is_a_task_and_a_figure_until_it_succeeds(
    application: WorkflowHarness,
) -> None:
    before = read_gauges(application.engine).stuck
    handle = await application.open()
    application.switch.broken.add("before_T1")
    await _to_its_deed(application, handle)
    await application.until(lambda: _recorded(application, handle.id)[1] >= FAILED_ATTEMPTS)
    mended = await application.reconciler.round()

    (row,) = _stuck(application, handle.id)
    assert "ConnectionError" in row.task.title
    assert row.task.kind == "question"
    assert mended.stuck >= 1
    stuck = read_gauges(application.engine).stuck  # cases of earlier tests may be among them
    assert stuck > before

    application.switch.broken.clear()
    await application.until(lambda: application.steps(handle.id) == ["polite"])
    await application.reconciler.round()
    (row,) = _stuck(application, handle.id)
    assert row.status == "done"
    assert read_gauges(application.engine).stuck < stuck


@pytest.mark.parametrize("attempts", [FAILED_ATTEMPTS - 1, FAILED_ATTEMPTS])
def test_the_third_failed_attempt_counts_and_the_second_does_not(
    application: WorkflowHarness, attempts: int
) -> None:
    cases = SqlStuckCases(application.engine)
    case = f"invoice/nobody/{attempts}"
    cases.failed(case, attempts, "KeyError")

    assert (case in {one.case_id for one in cases.stuck()}) is (attempts == FAILED_ATTEMPTS)
    cases.went_on(case)
    assert case in cases.forget_the_well()


@pytest.fixture
def nobodys(application: WorkflowHarness) -> Runs:
    """Runs on a queue that no worker serves."""
    return Runs(application.client, "nobody")


@pytest.fixture
def reconciler(application: WorkflowHarness, nobodys: Runs) -> ReconcilerActivities:
    """A reconciler without patience, for cases that nobody serves."""
    engine = application.engine
    return ReconcilerActivities(
        SqlCaseWatch(engine),
        application.desk,
        nobodys,
        machine_clock,
        rounds=SqlRoundLog(engine),
        stuck=SqlStuckCases(engine),
        moment=timedelta(),
    )


async def test_a_case_woken_in_vain_three_rounds_running_is_a_task_and_a_figure(
    application: WorkflowHarness, nobodys: Runs, reconciler: ReconcilerActivities
) -> None:
    case = await _behind(application, nobodys)
    before = read_gauges(application.engine).stuck
    for rounds in range(1, ROUNDS_IN_VAIN):
        await reconciler.round()
        assert _recorded(application, case)[0] == rounds
        assert _stuck(application, case) == [], "not yet"

    await reconciler.round()
    (row,) = _stuck(application, case)
    assert "woken 3 rounds running" in row.task.title
    assert read_gauges(application.engine).stuck == before + 1

    async with _worker_for_nobody(application):
        await application.until(lambda: application.row(case).outcome == "paid")
    await reconciler.round()
    (row,) = _stuck(application, case)
    assert row.status == "done"
    assert read_gauges(application.engine).stuck == before


async def test_a_case_that_looked_in_between_is_counted_anew(
    application: WorkflowHarness, nobodys: Runs, reconciler: ReconcilerActivities
) -> None:
    case = await _behind(application, nobodys, "1.00")
    for _ in range(ROUNDS_IN_VAIN - 1):
        await reconciler.round()
    number = application.number(case)
    async with _worker_for_nobody(application):
        await application.until(lambda: application.number(case) > number)
        await _at_rest(application, case)
    await reconciler.round()
    application.desk.say(case, MessageType.PAYMENT, {"id": "b-2", "amount": "1.00"})
    await reconciler.round()

    assert _recorded(application, case)[0] == 1
    assert _stuck(application, case) == []


async def test_a_case_woken_in_vain_can_be_cancelled_once_it_is_served(
    application: WorkflowHarness, nobodys: Runs, reconciler: ReconcilerActivities
) -> None:
    case = await _behind(application, nobodys, "1.00")
    await application.client.get_workflow_handle(case).cancel()
    async with _worker_for_nobody(application):
        await application.until(lambda: application.row(case).parked)
    for _ in range(ROUNDS_IN_VAIN):
        await reconciler.round()

    assert _stuck(application, case) == []


async def _behind(application: WorkflowHarness, runs: Runs, amount: str = "119.00") -> str:
    """A case with money that its run does not look at, for nobody serves it."""
    invoice = application.invoice()
    amicable = AsyncAmicable(application.desk, runs)
    await amicable.open_case(invoice, BRISK)
    application.desk.say(invoice.case_id, MessageType.PAYMENT, {"id": "b", "amount": amount})
    return invoice.case_id


async def _at_rest(application: WorkflowHarness, case: str) -> None:
    """Wait until nothing of the case is at work: what a worker leaves undone waits as planned."""
    handle = application.client.get_workflow_handle(case)
    while True:
        found = (await handle.describe()).raw_description
        if not found.pending_activities and not found.HasField("pending_workflow_task"):
            return
        await asyncio.sleep(0.05)


def _worker_for_nobody(application: WorkflowHarness) -> Worker:
    """Somebody serves them after all; their activities go where all activities go."""
    routed = [RoutedActivities()]
    return Worker(application.client, task_queue="nobody", workflows=WORKFLOWS, interceptors=routed)


@pytest.fixture
def unfoldable(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Make a case such that no deed can fold it any more."""
    broken = set[str]()

    def folding(file: CaseFile, now: datetime) -> CaseState:
        if file.invoice.case_id in broken:
            raise ZeroDivisionError
        return case_state(file, now)

    monkeypatch.setattr(session, "case_state", folding)
    yield broken.add
    broken.clear()


async def test_a_case_that_cannot_be_folded_is_parked_when_it_is_cancelled(
    application: WorkflowHarness, unfoldable: Callable[[str], None]
) -> None:
    handle = await application.open()
    await application.next(handle)
    unfoldable(handle.id)
    await handle.signal("payment", {"id": "b-1", "amount": "119.00"})
    await application.until(lambda: _recorded(application, handle.id)[1] >= FAILED_ATTEMPTS)
    await handle.cancel()
    with contextlib.suppress(WorkflowFailureError):
        await handle.result()

    assert (await handle.describe()).status is WorkflowExecutionStatus.CANCELED
    assert application.row(handle.id).parked
    (task,) = application.tasks(handle.id, "refused")
    assert "payment could not be applied" in task.task.title
    assert '"119.00"' in task.task.detail, "what it heard is not lost"
    assert [row.task.title for row in application.tasks(handle.id, "question")] == [
        "the workflow was cancelled; the case is parked until it is resumed"
    ]


async def test_a_case_that_cannot_be_folded_keeps_what_it_heard_until_it_can(
    application: WorkflowHarness, unfoldable: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    handle = await application.open()
    await application.next(handle)
    unfoldable(handle.id)
    await handle.signal("payment", {"id": "b-1", "amount": "119.00"})
    await application.until(lambda: _recorded(application, handle.id)[1] >= FAILED_ATTEMPTS)
    monkeypatch.undo()

    assert await handle.result() == "paid"
    assert application.tasks(handle.id, "refused") == ()
