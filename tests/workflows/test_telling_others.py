"""The shipped worker tells other systems, in rounds that Temporal starts."""

import pytest

from adapters.ledger.webhooks.endpoints import Endpoint, backlog, drop_endpoint, put_endpoint
from adapters.webhooks import rounds
from adapters.webhooks.signing import secret_of
from domain.names import HAPPENINGS_WORKFLOW, TASK_QUEUE
from domain.wire import DeliveryRound
from tests.receiver import listening
from tests.workflows.factories import BRISK, House


async def test_a_round_of_the_worker_tells_what_happened(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "ROUND", 0)
    with listening() as receiver:
        creditor = house.creditor()
        endpoint = Endpoint(creditor=creditor, name="billing", url=receiver.url)
        put_endpoint(house.engine, endpoint)
        await house.amicable.open_case(house.invoice(creditor), BRISK)
        told = await house.client.execute_workflow(
            HAPPENINGS_WORKFLOW,
            id=f"happenings/{creditor}",
            task_queue=TASK_QUEUE,
            result_type=DeliveryRound,
        )
        counts = backlog(house.engine, endpoint.place)
        drop_endpoint(house.engine, endpoint.place)

    assert (told, counts) == (DeliveryRound(delivered=1), {"delivered": 1})
    (got,) = receiver.got
    assert got.event["type"] == "case.opened"
    assert got.is_signed_with(secret_of(house.settings.webhook.masters[0], creditor))
