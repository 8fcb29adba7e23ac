"""The shipped worker tells other systems, in rounds that Temporal starts."""

import pytest

from activities.ports.events import Endpoint
from activities.webhooks import sender
from adapters.ledger.webhooks.endpoints import backlog, drop_endpoint, put_endpoint
from adapters.webhooks.signing import secret_of
from domain.names import HAPPENINGS_WORKFLOW, TASK_QUEUE
from domain.wire import DeliveryRound
from tests.receiver import listening
from tests.workflows.factories import BRISK, WorkflowHarness


async def test_a_round_of_the_worker_tells_what_happened(
    application: WorkflowHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender, "ROUND", 0)
    with listening() as receiver:
        creditor = application.creditor()
        endpoint = Endpoint(creditor=creditor, name="billing", url=receiver.url)
        put_endpoint(application.engine, endpoint)
        await application.amicable.open_case(application.invoice(creditor), BRISK)
        told = await application.client.execute_workflow(
            HAPPENINGS_WORKFLOW,
            id=f"happenings/{creditor}",
            task_queue=TASK_QUEUE,
            result_type=DeliveryRound,
        )
        counts = backlog(application.engine, endpoint.place)
        drop_endpoint(application.engine, endpoint.place)

    assert (told, counts) == (DeliveryRound(delivered=1), {"delivered": 1})
    (got,) = receiver.got
    assert got.event["type"] == "case.opened"
    assert got.is_signed_with(secret_of(application.settings.webhook.masters[0], creditor))
