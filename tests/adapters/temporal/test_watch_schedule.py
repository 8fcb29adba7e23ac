"""What goes on by the clock runs on Temporal Schedules of the real server."""

from temporalio.client import Client

from adapters.temporal.schedules import ROUNDS, keep_watch


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
