"""The worker: puts ports and adapters together and runs activities and workflows."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from temporalio.client import Client
from temporalio.worker import Worker

from activities.case_activities import CaseActivities
from activities.payments.payment_activities import PaymentActivities
from activities.ports.failpoints import Failpoint, no_failpoints
from activities.sending.agency import Deliverer
from activities.sending.protocol import Sender
from adapters.config.settings import Settings
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.core.engine import make_engine
from adapters.letters.writer import LetterWriter
from adapters.runtime.logs import set_up_logs
from adapters.runtime.machine import LAST_CALL, leave, until_told_to_stop
from adapters.temporal.client import connect
from adapters.temporal.schedules import keep_watch
from adapters.wiring.background import reconciler, webhook_sender
from adapters.wiring.callback_urls import callback_urls
from adapters.wiring.choose import agency, channels
from adapters.wiring.live import wait_for_a_word
from domain.names import TASK_QUEUE
from domain.policy.policy_file import standard_policy
from workflows.registry import WORKFLOWS

SLOTS = 16
"""Deeds at once; the ledger's pool has as many connections and a few to spare."""


def build(client: Client, settings: Settings, points: Failpoint = no_failpoints) -> Worker:
    """Build a worker with all its parts; nothing runs yet."""
    engine = make_engine(settings.database_url, pool_size=SLOTS + 4)
    wait_for_a_word(engine, live=settings.live)
    ledger = SqlLedger(engine)
    ways, letters = channels(settings), LetterWriter(settings.letters_dir)
    sender = Sender(ledger, ways, letters, points, callback_urls(settings))
    deliverer = Deliverer(ledger, agency(settings), points)
    reconcile = reconciler(client, engine, settings, points)
    webhooks = webhook_sender(engine, settings, points)
    payments = PaymentActivities(ledger, reconcile.wake)
    deeds = CaseActivities(ledger, sender, deliverer, standard_policy())
    return Worker(
        client,
        task_queue=TASK_QUEUE,
        workflows=WORKFLOWS,
        activities=[*deeds.all, *payments.all, *reconcile.all, *webhooks.all],
        activity_executor=ThreadPoolExecutor(SLOTS, thread_name_prefix="deed"),
        max_concurrent_activities=SLOTS,
        graceful_shutdown_timeout=LAST_CALL,
    )


async def _main() -> None:
    """Run until told to stop; then let running deeds end."""
    set_up_logs()
    settings = Settings()
    client = await connect(metrics=settings.metrics.worker)
    await keep_watch(client)
    worker = build(client, settings)
    async with worker:
        await until_told_to_stop()


if __name__ == "__main__":
    asyncio.run(_main())
    leave()
