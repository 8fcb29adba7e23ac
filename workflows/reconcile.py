"""The reconciler's workflow: a round that looks after cases without a run or behind their news."""

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

from domain.names import RECONCILE_WORKFLOW
from domain.wire import Mended


@workflow.defn(name=RECONCILE_WORKFLOW)
class Reconcile:
    """Start what is missing, wake what is behind, and raise what cannot be mended."""

    @workflow.run
    async def run(self) -> Mended:
        """Run one round; a Temporal Schedule starts it every five minutes."""
        mended: Mended = await workflow.execute_activity(
            "reconcile",
            result_type=Mended,
            start_to_close_timeout=timedelta(minutes=30),
            heartbeat_timeout=timedelta(minutes=2),
            retry_policy=RetryPolicy(maximum_attempts=3),
            summary="compare the ledger with the running cases",
        )
        return mended
