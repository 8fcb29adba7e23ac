"""The worker: puts ports and adapters together and runs activities and workflows."""

from __future__ import annotations

from datetime import timedelta

from temporalio.client import Client

from activities.case_activities import CaseActivities
from activities.payments.payment_activities import PaymentActivities
from activities.ports.failpoints import Failpoint, no_failpoints
from activities.sending.agency import Deliverer
from activities.sending.protocol import Sender
from adapters.config.settings import Settings
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.core.engine import make_engine
from adapters.ledger.queries.breakers import SqlBreakers
from adapters.ledger.queries.paces import SqlPaces
from adapters.ledger.queries.stuck import SqlStuckCases
from adapters.letters.writer import LetterWriter
from adapters.runtime.logs import set_up_logs
from adapters.runtime.machine import leave, until_told_to_stop
from adapters.runtime.tracing import start_tracing
from adapters.temporal.queues import Duty, read_duties
from adapters.temporal.schedules import keep_watch
from adapters.temporal.versioning import build_of
from adapters.temporal.workers import Workers
from adapters.wiring.agencies import agencies, agency_attaching, agency_book, plan_b_checks
from adapters.wiring.background import reconciler, webhook_sender
from adapters.wiring.callback_urls import callback_urls
from adapters.wiring.choose import channels
from adapters.wiring.live import wait_for_a_word
from adapters.wiring.starting import announce_start, connected, read_settings, run_or_say_why
from domain.policy.policy_file import standard_policy
from workflows.registry import WORKFLOWS

SPARE = 4
"""Connections to the ledger beyond one for each activity that runs."""


def build(client: Client, settings: Settings, points: Failpoint = no_failpoints) -> Workers:
    """Build a worker with all its parts; nothing runs yet."""
    duties, version = read_duties(settings.worker.queues), build_of()
    slots = sum(duty.slots for duty in duties)
    engine = make_engine(settings.database_url, pool_size=slots + SPARE)
    ledger = SqlLedger(engine)
    ways, letters = channels(settings), LetterWriter(settings.letters_dir)
    back = callback_urls(settings)
    paces = SqlPaces(engine, settings.per_second)
    breakers = SqlBreakers(engine)
    sender = Sender(ledger, ways, letters, points, back, breakers=breakers, paces=paces)
    attaching = agency_attaching(engine, settings)
    deliverer = Deliverer(ledger, agencies(settings), points, agency_book(settings), attaching)
    reconcile = reconciler(client, engine, settings, points, (sender, deliverer))
    webhooks = webhook_sender(engine, settings, points)
    payments = PaymentActivities(ledger, reconcile.wake)
    stuck = SqlStuckCases(engine)
    deeds = CaseActivities(ledger, sender, deliverer, standard_policy(), stuck)
    deeds.console = settings.console_link
    deeds.plan_b = plan_b_checks(engine, settings)
    activities = [*deeds.all, *payments.all, *reconcile.all, *webhooks.all]
    wait_for_a_word(engine, live=settings.live)  # not for one that cannot start
    return Workers(client, WORKFLOWS, activities, duties, version)


async def _main() -> None:
    """Run until told to stop; then let running deeds end."""
    set_up_logs()
    start_tracing("amicable-worker")
    settings = read_settings()
    client, duties = await connected(settings), read_duties(settings.worker.queues)
    if Duty.BACKGROUND in duties:
        await keep_watch(client, timedelta(minutes=settings.worker.reconcile_minutes))
    async with build(client, settings):
        announce_start(client, settings, duties)
        await until_told_to_stop(settings.worker.heartbeat)


if __name__ == "__main__":
    leave(run_or_say_why(_main()))
