"""Sending has a queue and slots of its own: a slow provider holds up no payment and no decision."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import Client, WorkflowHandle
from temporalio.contrib.pydantic import pydantic_data_converter

import worker
from adapters.config.settings_groups import WorkerSettings
from adapters.temporal.queues import Duty
from adapters.temporal.runs import Runs
from adapters.temporal.workers import Workers
from domain.names import TASK_QUEUES
from domain.wire import PostedPayment
from infra import bootstrap
from starter.client.client import AsyncAmicable
from tests.workflows.factories import BRISK, PATIENCE, WorkflowHarness


@pytest.fixture
def slow_provider(application: WorkflowHarness) -> Iterator[WorkflowHarness]:
    """Whoever wants to send waits for the provider until the test lets it answer."""
    application.switch.waiting.clear()
    application.switch.answered.clear()
    application.switch.slow.add("before_POST")
    yield application
    application.switch.let_go()


async def _is_sending(application: WorkflowHarness, count: int) -> list[WorkflowHandle[Any, Any]]:
    """So many cases, each of a customer of its own, whose reminders wait for the provider."""
    handles = [await application.open() for _ in range(count)]
    for handle in handles:
        wait = (application.row(handle.id).next_at or application.now) - await application.clock(
            handle
        )
        await application.env.fast_forward(handle, wait + timedelta(seconds=1))
    await application.until(lambda: len(application.switch.waiting) == count)
    return handles


async def test_a_payment_is_posted_and_decided_while_every_slot_waits_for_a_provider(
    slow_provider: WorkflowHarness,
) -> None:
    application = slow_provider
    paid = await application.open()
    await application.clock(paid)
    sending = await _is_sending(application, Duty.SEND.slots)
    given = {"customer": "C1", "amount": "119.00", "currency": "EUR", "invoices": ["R-1"]}
    posted = await application.client.execute_workflow(
        "PostPayment",
        given,
        id=f"payment/{paid.id.split('/')[1]}/bank/{paid.id}",
        task_queue="amicable",
        result_type=PostedPayment,
    )

    assert posted.accepted, posted
    assert await paid.result() == "paid"
    assert all(application.steps(handle.id) == [] for handle in sending), "all still wait"

    application.switch.let_go()
    await application.until(lambda: all(application.steps(one.id) == ["polite"] for one in sending))


async def test_a_message_to_another_case_is_answered_while_every_slot_waits_for_a_provider(
    slow_provider: WorkflowHarness,
) -> None:
    application = slow_provider
    asked = await application.open()
    await application.clock(asked)
    await _is_sending(application, Duty.SEND.slots)
    answer = await asked.execute_update("dispute_opened", {"id": "d-1", "reason": "wrong goods"})

    assert answer["accepted"], answer
    assert application.row(asked.id).stage == "disputed"


@pytest.fixture
async def apart(
    application: WorkflowHarness, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> tuple[Client, dict[str, Workers]]:
    """A namespace with a worker for each duty, not started yet; each is called by its duty."""
    monkeypatch.setattr(worker, "make_engine", lambda *_, **__: application.engine)
    target = application.client.service_client.config.target_host
    client = await _connected(target, "test")
    await bootstrap.prepare(client)
    workers = {}
    for duty in Duty:
        settings = application.settings.model_copy(
            update={"worker": WorkerSettings(queues=duty.value), "home": tmp_path}
        )
        workers[duty.value] = worker.build(await _connected(target, duty.value), settings)
    return client, workers


async def _connected(target: str, identity: str) -> Client:
    return await Client.connect(
        target, namespace="apart", identity=identity, data_converter=pydantic_data_converter
    )


async def test_each_duty_may_have_a_worker_of_its_own(
    application: WorkflowHarness, apart: tuple[Client, dict[str, Workers]]
) -> None:
    client, workers = apart
    amicable = AsyncAmicable(application.desk, Runs(client))
    invoice = application.invoice(due_in=-3)
    async with workers["decide"], workers["send"], workers["background"]:
        await amicable.open_case(invoice, BRISK)
        await application.until(lambda: "polite" in application.steps(invoice.case_id))
        await client.execute_workflow("Reconcile", id="r", task_queue="amicable")
        by_case = await _who_did_what(client.get_workflow_handle(invoice.case_id))
        by_round = await _who_did_what(client.get_workflow_handle("r"))

    assert by_case["remind"] == (TASK_QUEUES["send"], "send")
    assert by_round == {"reconcile": (TASK_QUEUES["background"], "background")}


async def test_what_nobody_serves_waits_and_the_rest_goes_on(
    application: WorkflowHarness, apart: tuple[Client, dict[str, Workers]]
) -> None:
    client, workers = apart
    amicable = AsyncAmicable(application.desk, Runs(client))
    invoice = application.invoice(due_in=-3)
    handle = client.get_workflow_handle(invoice.case_id)
    async with workers["decide"]:
        await amicable.open_case(invoice, BRISK)
        await _until_its_deed_waits(handle)
        await handle.signal("payment", {"id": "b-1", "amount": "1.00"})
        assert application.steps(invoice.case_id) == []
        async with workers["send"]:
            await application.until(lambda: "polite" in application.steps(invoice.case_id))
            await application.until(lambda: application.row(invoice.case_id).paid.minor == 100)


async def _until_its_deed_waits(handle: WorkflowHandle[Any, Any]) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            if (await handle.describe()).raw_description.pending_activities:
                return
            await asyncio.sleep(0.05)


async def _who_did_what(handle: WorkflowHandle[Any, Any]) -> dict[str, tuple[str, str]]:
    """Each activity of a run: its queue, and which worker carried it out."""
    scheduled: dict[int, tuple[str, str]] = {}
    found: dict[str, tuple[str, str]] = {}
    async for event in handle.fetch_history_events():
        if event.HasField("activity_task_scheduled_event_attributes"):
            told = event.activity_task_scheduled_event_attributes
            scheduled[event.event_id] = (told.activity_type.name, told.task_queue.name)
        elif event.HasField("activity_task_started_event_attributes"):
            begun = event.activity_task_started_event_attributes
            name, queue = scheduled[begun.scheduled_event_id]
            found[name] = (queue, begun.identity)
    return found
