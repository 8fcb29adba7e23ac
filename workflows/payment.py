"""The payment workflow, for billing systems that only speak Temporal: one id, one payment."""

from datetime import timedelta
from typing import Any

from temporalio import workflow
from temporalio.common import RawValue, RetryPolicy

from domain.errors import RefusedError
from domain.intake.limits import read_object, shortened, too_long, writable
from domain.names import PAYMENT_WORKFLOW
from domain.wire import PostedPayment

_RETRIES = RetryPolicy(maximum_interval=timedelta(minutes=1))


@workflow.defn(name=PAYMENT_WORKFLOW)
class PostPayment:
    """Record a payment in the ledger, share it out, and wake each case it settles."""

    @workflow.run
    async def run(self, payment: RawValue) -> PostedPayment:
        """Post the payment as the billing system sends it; the workflow's id is the payment's.

        It is taken raw: one that cannot be read is refused in words, and stops nothing.
        """
        posted: PostedPayment = await workflow.execute_activity(
            "post_payment",
            args=[workflow.info().workflow_id, *_read(payment)],
            result_type=PostedPayment,
            start_to_close_timeout=timedelta(seconds=45),
            retry_policy=_RETRIES,
            summary="into the ledger, under the account lock",
        )
        if posted.parts:
            await workflow.execute_activity(
                "wake_cases",
                sorted(posted.parts),
                start_to_close_timeout=timedelta(minutes=2),
                retry_policy=_RETRIES,
                summary=f"{len(posted.parts)} cases hear of it",
            )
        return posted


def _read(payment: RawValue) -> tuple[dict[str, Any]] | tuple[dict[str, Any], str]:
    """What is given, or its beginning and why it is refused."""
    text, size = shortened(payment.payload.data.decode("utf-8", errors="replace"))
    try:
        if not size:
            return (read_object(text),)
        reason = too_long(size)
    except RefusedError as error:
        reason = str(error)
    return {"text": writable(text)}, reason
