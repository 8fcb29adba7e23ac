"""The rounds in which other systems are told: lease, call without any lock, settle."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, timedelta

import structlog
from sqlalchemy import Engine
from standardwebhooks import Webhook
from temporalio import activity

from activities.ports.events import DomainEvent
from activities.ports.failpoints import Failpoint, no_failpoints
from activities.ports.types import Task
from adapters.config.settings_groups import WebhookSettings
from adapters.http.calls import TIMEOUT
from adapters.ledger.tasks.desk import put_task
from adapters.ledger.webhooks.deliveries import Leased, give_back, lease, settle_delivery
from adapters.ledger.webhooks.endpoints import Place, endpoints
from adapters.webhooks.post import EndpointReply, Poster
from adapters.webhooks.retries import BUSY, ending_of
from adapters.webhooks.signing import event_id, secret_of, signed
from domain.parties.tasks import TaskKind, TaskTopic
from domain.wire import DeliveryRound

_CALLS = 4
"""Calls at once, beside the deeds; each holds no connection to the ledger while it waits."""

BATCH = 16
LEASE = timedelta(seconds=2 * BATCH / _CALLS * TIMEOUT)
"""Twice as long as a batch can take: whoever comes later knows that its worker is dead."""

ROUND = 45.0
"""Seconds: a round stays and looks every second, so that other systems hear at once."""

OVERTIME = 30.0
"""Seconds a round may last longer where there is always more to tell."""

UNSIGNED = "webhooks wait: set AMICABLE_WEBHOOK__SECRET, without it nothing can be signed"
_UNSIGNED = Task(
    key=TaskTopic.WEBHOOK.value, kind=TaskKind.QUESTION, case="", title=UNSIGNED, due_at=None
)
log = structlog.get_logger("amicable.webhooks")


class WebhookSender:
    """Tells endpoints what happened, at least once each, under one id."""

    def __init__(
        self,
        engine: Engine,
        settings: WebhookSettings,
        points: Failpoint = no_failpoints,
        poster: Poster | None = None,
    ) -> None:
        self._engine = engine
        self._masters = settings.masters
        self._poster = poster or Poster(settings.allowed)
        self._point = points

    @property
    def all(self) -> list[Callable[..., object]]:
        """The activities to register with a worker."""
        return [self.deliver_happenings]

    @activity.defn(name="deliver_happenings", no_thread_cancel_exception=True)
    def deliver_happenings(self) -> DeliveryRound:
        """One round of some 45 seconds; at once over where nobody listens."""
        return self.round(ROUND, activity.is_worker_shutdown, activity.heartbeat)

    def round(
        self,
        seconds: float = 0,
        stop: Callable[[], bool] = lambda: False,
        beat: Callable[..., None] = lambda *_: None,
    ) -> DeliveryRound:
        """Tell all that is due, and for so long what comes due."""
        if not any(one.active for one in endpoints(self._engine)):
            return DeliveryRound()
        if not self._masters:
            put_task(self._engine, _UNSIGNED)
            return DeliveryRound()
        end, counts, busy = time.monotonic() + seconds, Counter[bool](), set[Place]()
        with ThreadPoolExecutor(_CALLS, thread_name_prefix="webhook") as pool:
            while not stop() and time.monotonic() < end + OVERTIME:
                beat()
                batch = lease(self._engine, BATCH, LEASE, busy)
                counts.update(pool.map(lambda one: self._tell(one, busy), batch))
                if not batch and time.monotonic() >= end:
                    break
                if not batch:
                    time.sleep(1)
        return DeliveryRound(delivered=counts[True], failed=counts[False])

    def try_out(self, told: DomainEvent, url: str) -> EndpointReply:
        """Post one happening now, without keeping anything: whether an endpoint works."""
        signers = [Webhook(secret_of(master, told.creditor)) for master in self._masters]
        body = json.dumps(payload(told), ensure_ascii=False, separators=(",", ":"))
        return self._poster.post(url, signed(signers, event_id(told.id), body), body)

    def _tell(self, one: Leased, busy: set[Place]) -> bool:
        if one.endpoint.place in busy:
            give_back(self._engine, one)
            return False
        reply = self.try_out(one.event, one.endpoint.url)
        self._point("webhook_told")
        if reply.status in BUSY:
            busy.add(one.endpoint.place)
        settle_delivery(self._engine, one, ending_of(one, reply))
        told = {"creditor": one.endpoint.creditor, "endpoint": one.endpoint.name}
        log.info("webhook", kind=one.event.kind, attempt=one.attempt, **told, said=reply.detail)
        return reply.taken


def payload(told: DomainEvent) -> dict[str, object]:
    """What an endpoint gets; new fields may come, none changes its meaning."""
    about = {"creditor": told.creditor, "customer": told.customer, "case": told.case}
    at = told.at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return {
        "type": told.kind,
        "id": event_id(told.id),
        "timestamp": at,
        "data": {**{name: value for name, value in about.items() if value}, **told.data},
    }
