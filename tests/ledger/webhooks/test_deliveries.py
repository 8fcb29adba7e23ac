"""Other systems are told: signed, what they asked for, and never what is another creditor's."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, text

from activities.ports.events import Endpoint
from activities.ports.stores.tasks import TaskFilter
from activities.webhooks.sender import BATCH
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.tasks.desk import find_tasks
from adapters.ledger.webhooks.endpoints import (
    again,
    put_endpoint,
)
from adapters.webhooks.signing import secret_of
from domain.wire import DeliveryRound
from tests.ledger import factories
from tests.ledger.webhooks.delivering import MASTER, OLD, announce, listen, sender, sooner
from tests.receiver import Receiver, listening


def test_an_event_is_signed_with_its_creditors_own_secret(
    ledger: SqlLedger, engine: Engine, creditor: str, case: str, receiver: Receiver
) -> None:
    listen(engine, creditor, receiver)
    announce(ledger, case)

    assert sender(engine, receiver).round() == DeliveryRound(delivered=1)
    (got,) = receiver.got
    assert got.is_signed_with(secret_of(MASTER, creditor))
    assert not got.is_signed_with(secret_of(MASTER, f"{creditor}x"))
    assert got.path == "/in?from=amicable"
    assert got.event == {
        "type": "case.closed",
        "id": got.id,
        "timestamp": "2026-03-02T12:00:00Z",
        "data": {"creditor": creditor, "customer": "C-1", "case": case, "open": "0.00"},
    }


def test_while_keys_change_both_of_them_sign(
    ledger: SqlLedger, engine: Engine, creditor: str, case: str, receiver: Receiver
) -> None:
    listen(engine, creditor, receiver)
    announce(ledger, case)
    sender(engine, receiver, old_secret=OLD).round()

    assert all(receiver.got[0].is_signed_with(secret_of(key, creditor)) for key in (MASTER, OLD))


def test_a_creditors_endpoint_never_gets_anothers_event(
    ledger: SqlLedger, engine: Engine, creditor: str, case: str, receiver: Receiver
) -> None:
    other = factories.opened(ledger, factories.invoice(f"{creditor}-b"))
    listen(engine, creditor, receiver)
    with listening() as elsewhere:
        listen(engine, f"{creditor}-b", elsewhere)
        announce(ledger, case)
        announce(ledger, other)
        allow = f"127.0.0.1:{receiver.port},127.0.0.1:{elsewhere.port}"
        sender(engine, receiver, allow=allow).round()

        assert [got.event["data"]["creditor"] for got in receiver.got] == [creditor]
        assert [got.event["data"]["creditor"] for got in elsewhere.got] == [f"{creditor}-b"]
    assert again(engine, (creditor, "billing"), factories.NOON - timedelta(days=999)) == 0


def test_an_endpoint_gets_the_kinds_it_asked_for(
    ledger: SqlLedger, engine: Engine, creditor: str, case: str, receiver: Receiver
) -> None:
    listen(engine, creditor, receiver, "credit.changed")
    announce(ledger, case, "1", "case.closed")
    announce(ledger, case, "2", "credit.changed")
    sender(engine, receiver).round()

    assert receiver.kinds == ["credit.changed"]


def test_what_was_delivered_does_not_go_again(
    ledger: SqlLedger, engine: Engine, creditor: str, case: str, receiver: Receiver
) -> None:
    listen(engine, creditor, receiver)
    announce(ledger, case)
    for _ in range(3):
        sender(engine, receiver).round()
        sooner(engine, timedelta(days=30))
        again(engine, (creditor, "billing"))

    assert len(receiver.got) == 1


def test_no_lock_is_held_while_the_other_side_thinks(
    ledger: SqlLedger, engine: Engine, creditor: str, case: str, receiver: Receiver
) -> None:
    listen(engine, creditor, receiver)
    announce(ledger, case)
    seen: list[int] = []

    def during(_: str) -> None:
        with engine.connect() as link:
            link.execute(text("SELECT 1 FROM webhook_delivery FOR UPDATE NOWAIT"))
            link.execute(text("SELECT 1 FROM account FOR UPDATE NOWAIT"))
        seen.append(1)

    told = sender(engine, receiver)
    told._point = during
    told.round()
    assert seen == [1]


def test_one_that_does_not_answer_does_not_keep_others_waiting(
    ledger: SqlLedger, engine: Engine, creditor: str, case: str, receiver: Receiver
) -> None:
    other = factories.opened(ledger, factories.invoice(f"{creditor}-b"))
    listen(engine, creditor, receiver)
    put_endpoint(engine, Endpoint(creditor=f"{creditor}-b", name="dead", url="http://127.0.0.1:1/"))
    for number in range(40):
        announce(ledger, other, str(number))
    announce(ledger, case)
    told = sender(engine, receiver, allow=f"127.0.0.1:{receiver.port},127.0.0.1:1").round()

    assert (told.delivered, receiver.kinds) == (1, ["case.closed"])
    query = text("SELECT count(*) FROM webhook_delivery WHERE endpoint = 'dead' AND attempts > 0")
    with engine.connect() as link:
        assert int(link.execute(query).scalar_one()) < BATCH, "the rest keep their attempts"


@pytest.mark.parametrize(("rounds", "delivered"), [(0, 0), (1, BATCH), (2, BATCH + 1)])
def test_a_worker_that_is_told_to_end_begins_no_further_batch(
    ledger: SqlLedger,
    engine: Engine,
    creditor: str,
    case: str,
    receiver: Receiver,
    *,
    rounds: int,
    delivered: int,
) -> None:
    listen(engine, creditor, receiver)
    for number in range(BATCH + 1):
        announce(ledger, case, str(number))
    ends = iter([False] * rounds + [True] * 9)

    assert sender(engine, receiver).round(60, stop=lambda: next(ends)).delivered == delivered


def test_a_late_endpoint_can_have_what_it_missed(
    ledger: SqlLedger, engine: Engine, creditor: str, case: str, receiver: Receiver
) -> None:
    announce(ledger, case)
    endpoint = listen(engine, creditor, receiver)
    assert sender(engine, receiver).round() == DeliveryRound()

    assert again(engine, endpoint.place, factories.NOON) == 1
    assert sender(engine, receiver).round() == DeliveryRound(delivered=1)


def test_without_a_secret_nothing_leaves_and_a_person_is_told(
    ledger: SqlLedger, engine: Engine, creditor: str, case: str, receiver: Receiver
) -> None:
    listen(engine, creditor, receiver)
    announce(ledger, case)

    assert sender(engine, receiver, secret="").round() == DeliveryRound()
    assert receiver.got == []
    titles = [row.task.title for row in find_tasks(engine, TaskFilter(limit=1000))]
    assert any("AMICABLE_WEBHOOK__SECRET" in title for title in titles)
