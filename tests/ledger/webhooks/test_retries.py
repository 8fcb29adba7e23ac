"""What was not taken comes again under its id, for days, and then a person is told."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from activities.ports.events import EndpointReply
from activities.ports.stores.tasks import TaskFilter
from activities.webhooks.retries import WAITS, ending_of
from activities.webhooks.sender import LEASE
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.tasks.desk import find_tasks
from adapters.ledger.webhooks.deliveries import SqlDeliveryQueue
from adapters.ledger.webhooks.endpoints import (
    again,
    backlog,
    endpoints,
    put_endpoint,
)
from domain.wire import DeliveryRound
from tests.ledger.webhooks.delivering import announce, listen, sender, sooner
from tests.receiver import Receiver


def test_a_failed_delivery_comes_again_under_the_same_id_until_it_is_taken(
    ledger: SqlLedger, engine: Engine, creditor: str, case: str, receiver: Receiver
) -> None:
    endpoint = listen(engine, creditor, receiver)
    announce(ledger, case)
    receiver.will(500, 302, 404)
    assert sender(engine, receiver).round() == DeliveryRound(failed=1)
    assert sender(engine, receiver).round() == DeliveryRound(), "not before its time"
    for wait in WAITS[:3]:
        sooner(engine, wait * 1.1)
        sender(engine, receiver).round()

    assert len(receiver.got) == 4
    assert len({got.id for got in receiver.got}) == 1
    assert backlog(engine, endpoint.place) == {"delivered": 1}


def test_after_all_attempts_it_is_given_up_and_a_person_is_told_once(
    ledger: SqlLedger, engine: Engine, creditor: str, case: str, receiver: Receiver
) -> None:
    endpoint = listen(engine, creditor, receiver)
    announce(ledger, case, "1")
    announce(ledger, case, "2")
    receiver.will(*[500] * 40)
    for _ in range(len(WAITS) + 3):
        sender(engine, receiver).round()
        sooner(engine, timedelta(days=2))

    assert len(receiver.got) == 2 * (len(WAITS) + 1)
    assert backlog(engine, endpoint.place) == {"given_up": 2}
    assert len(find_tasks(engine, TaskFilter(case=case))) == 1

    assert again(engine, endpoint.place) == 2
    receiver._script.clear()
    assert sender(engine, receiver).round() == DeliveryRound(delivered=2)


def test_an_endpoint_that_is_gone_is_switched_off_and_misses_nothing(
    ledger: SqlLedger, engine: Engine, creditor: str, case: str, receiver: Receiver
) -> None:
    endpoint = listen(engine, creditor, receiver)
    announce(ledger, case, "1")
    receiver.will(410)
    sender(engine, receiver).round()
    announce(ledger, case, "2")
    sooner(engine, timedelta(days=30))

    assert sender(engine, receiver).round() == DeliveryRound()
    assert [one.active for one in endpoints(engine, creditor)] == [False]
    tasks = [row.task.title for row in find_tasks(engine, TaskFilter(limit=1000))]
    assert sum(f"billing of {creditor} answered 410" in title for title in tasks) == 1
    put_endpoint(engine, endpoint)
    assert sender(engine, receiver).round() == DeliveryRound(delivered=2)


def test_a_crash_after_the_call_delivers_again_under_the_same_id(
    ledger: SqlLedger, engine: Engine, creditor: str, case: str, receiver: Receiver
) -> None:
    listen(engine, creditor, receiver)
    announce(ledger, case)
    doomed = sender(engine, receiver)
    doomed._point = _pull_the_plug
    with pytest.raises(ConnectionError):
        doomed.round()
    assert sender(engine, receiver).round() == DeliveryRound(), "the lease of the dead still runs"
    sooner(engine, LEASE)

    assert sender(engine, receiver).round() == DeliveryRound(delivered=1)
    first, second = receiver.got
    assert (first.id, first.body) == (second.id, second.body)


def _pull_the_plug(_: str) -> None:
    raise ConnectionError


def test_who_comes_late_changes_nothing(
    ledger: SqlLedger, engine: Engine, creditor: str, case: str, receiver: Receiver
) -> None:
    endpoint = listen(engine, creditor, receiver)
    announce(ledger, case)
    queue = SqlDeliveryQueue(engine)
    (slow,) = queue.lease(10, LEASE)
    assert queue.lease(10, LEASE) == ()
    sooner(engine, LEASE)
    (second,) = queue.lease(10, LEASE)

    assert (slow.attempt, second.attempt) == (1, 2)
    assert queue.settle(slow, ending_of(slow, EndpointReply(status=204))) is False
    assert backlog(engine, endpoint.place) == {"pending": 1}
    sooner(engine, LEASE)
    sender(engine, receiver).round()
    assert queue.settle(second, ending_of(second, EndpointReply(status=500))) is False
    assert backlog(engine, endpoint.place) == {"delivered": 1}


def test_a_busy_endpoint_is_left_alone_as_long_as_it_asks(
    ledger: SqlLedger, engine: Engine, creditor: str, case: str, receiver: Receiver
) -> None:
    listen(engine, creditor, receiver)
    announce(ledger, case)
    receiver.will(429, Retry_After="7200")
    sender(engine, receiver).round()
    sooner(engine, timedelta(minutes=119))
    assert sender(engine, receiver).round() == DeliveryRound()
    sooner(engine, timedelta(minutes=2))

    assert sender(engine, receiver).round() == DeliveryRound(delivered=1)
