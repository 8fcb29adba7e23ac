"""Sends webhooks in rounds: lease deliveries, call without any lock, settle."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import structlog
from temporalio import activity

from activities.ports.events import (
    CALL_SECONDS,
    DeliveryQueue,
    EndpointCaller,
    Leased,
    Place,
)
from activities.ports.failpoints import Failpoint, no_failpoints
from activities.ports.types import Task
from activities.webhooks.retries import BUSY, ending_of
from domain.parties.tasks import TaskKind, TaskTopic
from domain.wire import DeliveryRound

_CALLS = 4
"""Calls at once, beside the deeds; each holds no connection to the ledger while it waits."""

BATCH = 16
LEASE = timedelta(seconds=2 * BATCH / _CALLS * CALL_SECONDS)
"""Twice as long as a batch can take: whoever comes later knows that its worker is dead."""

ROUND = 45.0
"""Seconds: a round stays and looks every second, so that other systems hear at once."""

OVERTIME = 30.0
"""Seconds a round may last longer where there is always more to tell."""

UNSIGNED = "webhooks wait: set AMICABLE_WEBHOOK__SECRET, without it nothing can be signed"
_UNSIGNED = Task(
    key=TaskTopic.WEBHOOK.value, kind=TaskKind.QUESTION, case="", title=UNSIGNED, due_at=None
)
_log = structlog.get_logger("amicable.webhooks")


class WebhookSender:
    """Sends events to endpoints, at least once each, under one id."""

    def __init__(
        self, queue: DeliveryQueue, caller: EndpointCaller, points: Failpoint = no_failpoints
    ) -> None:
        self._queue = queue
        self._caller = caller
        self._point = points

    @property
    def all(self) -> list[Callable[..., object]]:
        """The activities to register with a worker."""
        return [self.deliver_happenings]

    @activity.defn(name="deliver_happenings", no_thread_cancel_exception=True)
    def deliver_happenings(self) -> DeliveryRound:
        """Run one round of some 45 seconds; it ends at once if no endpoint is active."""
        return self.round(ROUND, activity.is_worker_shutdown, activity.heartbeat)

    def round(
        self,
        seconds: float = 0,
        stop: Callable[[], bool] = lambda: False,
        beat: Callable[..., None] = lambda *_: None,
    ) -> DeliveryRound:
        """Send all deliveries that are due, and for so many seconds what comes due."""
        if not self._queue.anybody_listens():
            return DeliveryRound()
        if not self._caller.can_sign:
            self._queue.put_task(_UNSIGNED)
            return DeliveryRound()
        end, counts, busy = time.monotonic() + seconds, Counter[bool](), set[Place]()
        with ThreadPoolExecutor(_CALLS, thread_name_prefix="webhook") as pool:
            while not stop() and time.monotonic() < end + OVERTIME:
                beat()
                batch = self._queue.lease(BATCH, LEASE, busy)
                counts.update(pool.map(lambda one: self._tell(one, busy), batch))
                if not batch and time.monotonic() >= end:
                    break
                if not batch:
                    time.sleep(1)
        return DeliveryRound(delivered=counts[True], failed=counts[False])

    def _tell(self, one: Leased, busy: set[Place]) -> bool:
        if one.endpoint.place in busy:
            self._queue.give_back(one)
            return False
        reply = self._caller.post(one.event, one.endpoint.url)
        self._point("webhook_told")
        if reply.status in BUSY:
            busy.add(one.endpoint.place)
        self._queue.settle(one, ending_of(one, reply))
        told = {"creditor": one.endpoint.creditor, "endpoint": one.endpoint.name}
        _log.info("webhook", kind=one.event.kind, attempt=one.attempt, **told, said=reply.detail)
        return reply.taken
