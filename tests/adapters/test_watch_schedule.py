"""The reconciler runs on a Temporal Schedule of the real server."""

from temporalio.client import Client

from adapters.watch_schedule import EVERY, SCHEDULE, keep_watch
from domain.names import RECONCILE_WORKFLOW


async def test_the_schedule_is_made_once_and_starts_the_reconciler(
    temporal_client: Client,
) -> None:
    await keep_watch(temporal_client)
    await keep_watch(temporal_client)
    found = await temporal_client.get_schedule_handle(SCHEDULE).describe()

    assert [interval.every for interval in found.schedule.spec.intervals] == [EVERY]
    assert getattr(found.schedule.action, "workflow", "") == RECONCILE_WORKFLOW
    await temporal_client.get_schedule_handle(SCHEDULE).delete()
