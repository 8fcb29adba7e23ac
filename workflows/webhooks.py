"""The webhook workflow: a round of deliveries every minute, each looking all the time."""

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

from domain.names import HAPPENINGS_WORKFLOW
from domain.wire import DeliveryRound


@workflow.defn(name=HAPPENINGS_WORKFLOW)
class DeliverWebhooks:
    """Deliver what is due to the endpoints of other systems; a failed delivery comes again."""

    @workflow.run
    async def run(self) -> DeliveryRound:
        """Run one round; a Temporal Schedule starts it every minute."""
        told: DeliveryRound = await workflow.execute_activity(
            "deliver_happenings",
            result_type=DeliveryRound,
            start_to_close_timeout=timedelta(minutes=5),
            heartbeat_timeout=timedelta(minutes=2),
            retry_policy=RetryPolicy(maximum_attempts=3),
            summary="tell other systems what happened",
        )
        return told
