"""What goes on by the clock runs on Temporal Schedules of the real server."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from temporalio.client import Client, ScheduleDescription

from adapters.temporal.schedules import ROUNDS, SCHEDULE, keep_watch

TEN_MINUTES = timedelta(minutes=10)


@asynccontextmanager
async def watched(client: Client) -> AsyncIterator[None]:
    """Schedules as a first worker made them, removed in the end."""
    await keep_watch(client)
    yield
    for name, _, _ in ROUNDS:
        await client.get_schedule_handle(name).delete()


async def _described(client: Client) -> ScheduleDescription:
    return await client.get_schedule_handle(SCHEDULE).describe()


def _every(found: ScheduleDescription) -> list[timedelta]:
    return [interval.every for interval in found.schedule.spec.intervals]


async def test_a_worker_that_starts_with_another_interval_changes_the_schedule(
    temporal_client: Client,
) -> None:
    async with watched(temporal_client):
        await keep_watch(temporal_client, TEN_MINUTES)

        changed = await _described(temporal_client)
        assert _every(changed) == [TEN_MINUTES]
        assert getattr(changed.schedule.action, "task_queue", "") == "amicable"


async def test_a_worker_that_wants_what_there_is_leaves_the_schedule_alone(
    temporal_client: Client,
) -> None:
    async with watched(temporal_client):
        await keep_watch(temporal_client)

        assert (await _described(temporal_client)).info.last_updated_at is None


async def test_a_schedule_that_a_person_paused_stays_paused(temporal_client: Client) -> None:
    async with watched(temporal_client):
        await temporal_client.get_schedule_handle(SCHEDULE).pause(note="moving house")
        await keep_watch(temporal_client, TEN_MINUTES)

        found = await _described(temporal_client)
        assert (found.schedule.state.paused, found.schedule.state.note) == (True, "moving house")
        assert _every(found) == [TEN_MINUTES]


async def test_each_schedule_is_made_once_and_starts_its_workflow(
    temporal_client: Client,
) -> None:
    await keep_watch(temporal_client)
    await keep_watch(temporal_client)
    for name, workflow, every in ROUNDS:
        found = await temporal_client.get_schedule_handle(name).describe()

        assert [interval.every for interval in found.schedule.spec.intervals] == [every]
        assert getattr(found.schedule.action, "workflow", "") == workflow
        await temporal_client.get_schedule_handle(name).delete()
