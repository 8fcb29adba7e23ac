"""What operators and accidents do to running cases, and who mends it."""

import contextlib
from datetime import timedelta
from typing import Any

from sqlalchemy import text
from temporalio.client import (
    WorkflowExecutionStatus,
    WorkflowFailureError,
    WorkflowHandle,
    WorkflowUpdateStage,
)

from activities.cases.opening import open_case
from adapters.ledger.account.ledger import SqlLedger
from adapters.temporal.runs import Runs
from domain.message_types import MessageType
from domain.wire import Answer, Mended
from tests.workflows.factories import BRISK, WorkflowHarness

RUNNING = WorkflowExecutionStatus.RUNNING
CANCELED = WorkflowExecutionStatus.CANCELED


async def _ended(handle: WorkflowHandle[Any, Any]) -> WorkflowExecutionStatus | None:
    with contextlib.suppress(WorkflowFailureError):  # cancelled, terminated: the status tells
        await handle.result()
    return (await handle.describe()).status


def _a_while_ago(application: WorkflowHarness, *tables: str) -> None:
    """The reconciler leaves alone what happened within the last minute."""
    with application.engine.begin() as link:
        link.execute(text("SET session_replication_role = replica"))  # past the append-only guard
        for table in tables:
            link.execute(text(f"UPDATE {table} SET recorded_at = recorded_at - interval '1 hour'"))  # noqa: S608
        link.execute(text("SET session_replication_role = origin"))


async def test_a_cancelled_case_is_parked_and_nothing_happens_to_it_until_it_is_taken_up(
    application: WorkflowHarness,
) -> None:
    handle = await application.open()
    await application.next(handle)
    await handle.cancel()

    assert await _ended(handle) is CANCELED
    assert application.row(handle.id).parked
    assert len(application.tasks(handle.id, "question")) == 1

    await application.reconciler.round()
    assert await Runs(application.client).status(handle.id) is CANCELED

    await application.clock(handle)
    await application.amicable.unpark(handle.id)
    again = application.client.get_workflow_handle(handle.id)
    await application.until(lambda: not application.row(handle.id).parked)
    assert (await again.describe()).status is RUNNING
    await application.env.fast_forward(again, timedelta(days=20))
    await application.until(lambda: "call" in application.steps(handle.id))


async def test_a_case_cancelled_in_its_start_delay_is_parked(application: WorkflowHarness) -> None:
    handle = await application.open()
    await handle.cancel()

    assert await _ended(handle) is CANCELED
    assert application.row(handle.id).parked


async def test_a_case_cancelled_while_a_deed_fails_is_parked(application: WorkflowHarness) -> None:
    handle = await application.open()
    application.switch.broken.add("before_T1")
    row = application.row(handle.id)
    assert row.next_at is not None
    wait = row.next_at - await application.clock(handle)
    await application.env.fast_forward(handle, wait + timedelta(seconds=1))
    await handle.cancel()

    assert await _ended(handle) is CANCELED
    assert application.row(handle.id).parked
    assert application.steps(handle.id) == []


async def test_what_is_said_while_a_case_is_being_parked_is_answered(
    application: WorkflowHarness,
) -> None:
    handle = await application.open()
    application.switch.broken.add("before_T1")
    wait = (application.row(handle.id).next_at or application.now) - await application.clock(handle)
    await application.env.fast_forward(handle, wait + timedelta(seconds=1))
    said = await handle.start_update(
        "dispute_opened",
        {"id": "d-1", "reason": "broken"},
        wait_for_stage=WorkflowUpdateStage.ACCEPTED,
        result_type=Answer,
    )
    await handle.cancel()

    assert (await said.result()).accepted
    assert await _ended(handle) is CANCELED
    assert application.row(handle.id).disputed == application.row(handle.id).amount


async def test_a_parked_case_that_somebody_starts_by_hand_waits(
    application: WorkflowHarness,
) -> None:
    handle = await application.open()
    await handle.cancel()
    await _ended(handle)
    before = application.number(handle.id)
    await application.client.start_workflow(
        "InvoiceWorkflow", {}, id=handle.id, task_queue="amicable", start_signal="nudge"
    )
    row = await application.decided(handle, before)

    assert row.parked
    assert row.next_at is None
    assert "parked" in row.next_why


async def test_a_terminated_case_is_restored_by_the_reconciler(
    application: WorkflowHarness,
) -> None:
    handle = await application.open()
    await application.next(handle)
    await handle.terminate()
    mended = await application.reconciler.round()

    assert mended.started >= 1
    again = application.client.get_workflow_handle(handle.id)
    assert (await again.describe()).status is RUNNING
    assert application.steps(handle.id) == ["polite"]


async def test_a_client_that_died_before_it_woke_the_case_is_made_good(
    application: WorkflowHarness,
) -> None:
    handle = await application.open()
    await application.next(handle)
    before = application.number(handle.id)
    application.desk.say(handle.id, MessageType.PAYMENT, {"id": "b-1", "amount": "119.00"})
    assert application.number(handle.id) == before
    _a_while_ago(application, "message")

    assert (await application.reconciler.round()).woken >= 1
    assert await handle.result() == "paid"


async def test_a_half_opened_case_gets_its_first_decision(application: WorkflowHarness) -> None:
    invoice = application.invoice()
    with SqlLedger(application.engine).account(invoice.creditor, invoice.customer) as account:
        account.cases.open(invoice, BRISK)
    _a_while_ago(application, "case_file")
    await application.reconciler.round()
    handle = application.client.get_workflow_handle(invoice.case_id)

    assert (await application.decided(handle, 0)).next_step == "polite"


async def test_an_opened_case_without_a_run_gets_one(application: WorkflowHarness) -> None:
    invoice = application.invoice()
    open_case(SqlLedger(application.engine), invoice, application.now, BRISK)
    assert await Runs(application.client).status(invoice.case_id) is None
    await application.reconciler.round()

    assert await Runs(application.client).status(invoice.case_id) is RUNNING


async def test_opening_twice_is_one_run(application: WorkflowHarness) -> None:
    invoice = application.invoice()
    first = await application.amicable.open_case(invoice, BRISK)
    handle = application.client.get_workflow_handle(invoice.case_id)
    run = (await handle.describe()).run_id
    second = await application.amicable.open_case(invoice, BRISK)

    assert (first.new, second.new) == (True, False)
    assert (await handle.describe()).run_id == run


async def test_a_deed_that_fails_for_an_hour_is_thought_over_and_nothing_stale_goes_out(
    application: WorkflowHarness,
) -> None:
    handle = await application.open()
    application.switch.broken.add("before_T1")
    before = application.number(handle.id)
    wait = (application.row(handle.id).next_at or application.now) - await application.clock(handle)
    letters = application.letters_about(handle.id)
    await application.env.fast_forward(handle, wait + timedelta(seconds=1))
    application.now += wait
    application.desk.say(handle.id, MessageType.PAYMENT, {"id": "b-1", "amount": "119.00"})
    for _ in range(8):
        if application.number(handle.id) > before:
            break
        await application.env.fast_forward(handle, timedelta(minutes=15))

    assert await handle.result() == "paid"
    assert application.letters_about(handle.id) == letters
    assert application.steps(handle.id) == ["close"]


async def test_the_reconciler_runs_as_a_workflow_and_tells_what_it_mended(
    application: WorkflowHarness,
) -> None:
    handle = await application.open()
    await handle.terminate()
    mended = await application.client.execute_workflow(
        "Reconcile", id=f"reconcile/{handle.id}", task_queue="amicable", result_type=Mended
    )

    assert mended.started >= 1
    assert await Runs(application.client).status(handle.id) is RUNNING


async def test_a_cancelled_run_that_could_not_park_its_case_is_parked_by_the_reconciler(
    application: WorkflowHarness,
) -> None:
    handle = await application.open()
    await handle.cancel()
    await _ended(handle)
    with application.engine.begin() as link:  # as if its last activity had never run
        asked = text("UPDATE case_file SET parked = false WHERE case_id = :id")
        link.execute(asked, {"id": handle.id})
    mended = await application.reconciler.round()

    assert mended.parked >= 1
    assert application.row(handle.id).parked
    assert len(application.tasks(handle.id, "question")) == 2
