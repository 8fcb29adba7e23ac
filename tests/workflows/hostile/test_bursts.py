"""A burst while nobody listens: heard a few at a time, all of it, however much there is."""

from typing import Any

import pytest
from temporalio.client import WorkflowHandle
from temporalio.worker import Worker

from activities.cases.careful_hearing import AT_ONCE
from adapters.ledger.queries import reads
from adapters.temporal.queues import RoutedActivities
from adapters.temporal.runs import Runs
from domain.intake.limits import LONGEST_BODY, MOST_BYTES, MOST_MESSAGES
from domain.wire import Answer
from starter.client.client import AsyncAmicable
from tests.workflows.factories import BRISK, WorkflowHarness
from tests.workflows.hostile.test_bad_messages import note_of, raw
from workflows import message_handlers
from workflows.registry import WORKFLOWS

Handle = WorkflowHandle[Any, Any]


async def _cents(handle: Handle, count: int) -> None:
    """So many payments of a cent; a case in its start delay hears none of them yet."""
    for number in range(count):
        await handle.signal("payment", {"id": f"b-{number}", "amount": "0.01"})


async def _pay(handle: Handle, amount: str) -> Answer:
    body = {"id": "last", "amount": amount}
    answer: Answer = await handle.execute_update("payment", body, result_type=Answer)
    return answer


async def _turns(handle: Handle) -> list[int]:
    """How many messages each activity was given."""
    found = []
    async for event in handle.fetch_history_events():
        if event.HasField("activity_task_scheduled_event_attributes"):
            given = event.activity_task_scheduled_event_attributes.input.payloads
            (turn,) = await handle._client.data_converter.decode(given, [dict])
            found.append(len(turn["heard"]))
    return found


async def _patches(handle: Handle) -> int:
    """How many markers of a patch a run has."""
    found = [event async for event in handle.fetch_history_events()]
    return sum(event.HasField("marker_recorded_event_attributes") for event in found)


@pytest.mark.parametrize(
    ("count", "turns", "patches"),
    [
        (1, [2], 0),
        (MOST_MESSAGES - 1, [MOST_MESSAGES], 0),
        (MOST_MESSAGES, [MOST_MESSAGES, 1], 1),
        (3 * MOST_MESSAGES, [MOST_MESSAGES] * 3 + [1], 1),
    ],
    ids=["two", "at the limit", "one above", "a burst"],
)
async def test_a_burst_is_heard_in_its_order_a_few_at_a_time_and_the_case_closes(
    application: WorkflowHarness, count: int, turns: list[int], patches: int
) -> None:
    handle = await application.open()
    await _cents(handle, count)
    answer = await _pay(handle, f"{(11900 - count) / 100:.2f}")

    assert answer.accepted, answer
    assert await handle.result() == "paid"
    assert await _turns(handle) == turns
    assert await _patches(handle) == patches
    kept = [recorded.message.key for recorded in reads.messages_of(application.engine, handle.id)]
    assert kept == [f"payment/billing/b-{number}" for number in range(count)] + [
        "payment/billing/last"
    ]
    assert application.tasks(handle.id, "refused") == ()


async def test_messages_of_a_megabyte_are_tasks_and_the_case_closes(
    application: WorkflowHarness,
) -> None:
    handle = await application.open()
    for _ in range(4):
        await handle.signal("agency_news", raw(note_of(900_000)))
    assert (await _pay(handle, "119.00")).accepted

    assert await handle.result() == "paid"
    refused = application.tasks(handle.id, "refused")
    assert len(refused) == 4
    assert all("900000 bytes are too much" in row.task.title for row in refused)
    assert await _turns(handle) == [5], "only their beginnings are passed on"


async def test_long_messages_are_heard_as_many_at_a_time_as_temporal_takes(
    application: WorkflowHarness,
) -> None:
    handle = await application.open()
    fit = MOST_BYTES // LONGEST_BODY
    for _ in range(3 * fit):
        await handle.signal("agency_news", raw(note_of(LONGEST_BODY)))
    assert (await _pay(handle, "119.00")).accepted

    assert await handle.result() == "paid"
    assert await _turns(handle) == [fit, fit, fit + 1]
    assert len(application.tasks(handle.id, "refused")) == 3 * fit


async def test_an_operator_who_cancels_in_the_middle_of_a_burst_parks_the_case_with_all_of_it(
    application: WorkflowHarness,
) -> None:
    handle = await application.open()
    count = 2 * MOST_MESSAGES + AT_ONCE
    await _cents(handle, count)
    await handle.cancel()
    await application.until(lambda: application.row(handle.id).parked)
    await application.until(lambda: len(reads.messages_of(application.engine, handle.id)) == count)
    assert application.row(handle.id).paid.minor == count


async def test_a_burst_outlives_the_worker_that_began_to_hear_it(
    application: WorkflowHarness,
) -> None:
    """The first attempts die after they have taken some of it in."""
    handle = await application.open()
    count = MOST_MESSAGES + 1
    await _cents(handle, count)
    application.switch.broken.add("before_T1")
    wait = (application.row(handle.id).next_at or application.now) - await application.clock(handle)
    await application.env.fast_forward(handle, wait)
    await application.until(lambda: application.row(handle.id).paid.minor >= MOST_MESSAGES)
    application.switch.broken.clear()

    assert (await _pay(handle, f"{(11900 - count) / 100:.2f}")).accepted
    assert await handle.result() == "paid"
    assert len(reads.messages_of(application.engine, handle.id)) == count + 1


async def test_a_run_from_before_goes_on_and_hears_the_next_burst_a_few_at_a_time(
    application: WorkflowHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its first burst was given whole, by a release that knew no other way."""
    invoice = application.invoice()
    runs = Runs(application.client, "old runs")
    await AsyncAmicable(application.desk, runs).open_case(invoice, BRISK)
    handle = application.client.get_workflow_handle(invoice.case_id)
    await _cents(handle, MOST_MESSAGES + 1)
    with monkeypatch.context() as before:
        before.setattr(message_handlers, "taken_at_once", len)
        async with _worker(application):
            assert (await _pay(handle, "1.00")).accepted
    for number in range(MOST_MESSAGES + 1):
        await handle.signal("payment", {"id": f"c-{number}", "amount": "0.01"})
    async with _worker(application):
        body = {"id": "rest", "amount": f"{(11800 - 2 * (MOST_MESSAGES + 1)) / 100:.2f}"}
        await handle.execute_update("payment", body)
        assert await handle.result() == "paid"

    assert await _turns(handle) == [MOST_MESSAGES + 2, MOST_MESSAGES, 2]
    assert await _patches(handle) == 1


def _worker(application: WorkflowHarness) -> Worker:
    """A worker that remembers no run: it replays each from its history."""
    return Worker(
        application.client,
        task_queue="old runs",
        workflows=WORKFLOWS,
        interceptors=[RoutedActivities()],
    )
