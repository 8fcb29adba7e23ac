"""Puts together what runs beside the cases: inbound rounds, the reconciler, the webhook sender."""

from __future__ import annotations

from sqlalchemy import Engine
from temporalio.client import Client

from activities.case_service import CaseService
from activities.inbound.rounds import InboundRounds
from activities.ports.clock import Clock
from activities.ports.failpoints import Failpoint, no_failpoints
from activities.reconcile import ReconcilerActivities
from activities.sending.agency import Deliverer
from activities.sending.protocol import Sender
from activities.services.customers.erasure import ErasureService
from activities.services.marks.left_marks import LeftMarkWatch
from activities.webhooks.sender import WebhookSender
from adapters.config.settings import Settings
from adapters.config.tokens import Tokens
from adapters.incoming.boxes import Boxes
from adapters.incoming.email.imap_poll import ImapPoll
from adapters.incoming.print.reports import PrintReports
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.inbound.inbox import SqlInbox
from adapters.ledger.interest.rates import SqlRateStore
from adapters.ledger.queries.case_watch import SqlCaseWatch
from adapters.ledger.queries.rounds import SqlRoundLog
from adapters.ledger.queries.stuck import SqlStuckCases
from adapters.ledger.stores.cases import SqlCaseLists
from adapters.ledger.stores.erasure import SqlErasureStore
from adapters.ledger.webhooks.deliveries import SqlDeliveryQueue
from adapters.runtime.machine import machine_clock
from adapters.temporal.runs import Runs
from adapters.webhooks.signed_post import SignedPost
from adapters.wiring.advice.model import model_readings
from adapters.wiring.agencies import agency_watch
from domain.parties.people import EMAIL, SMS


def inbound_rounds(
    engine: Engine, settings: Settings, clock: Clock, points: Failpoint = no_failpoints
) -> InboundRounds:
    """Build the rounds over a ledger and the mailbox of the settings; nothing runs yet."""
    mailbox = ImapPoll(engine, settings.imap, Tokens(settings.replies.secrets), clock)
    letters = settings.post.folder or settings.outbox
    return InboundRounds(
        SqlLedger(engine),
        SqlInbox(engine),
        Boxes((mailbox, PrintReports(engine, letters, clock))),
        clock,
        points=points,
        reporting=reporting(settings),
        readings=model_readings(engine, settings.model, clock),
    )


def reconciler(
    client: Client,
    engine: Engine,
    settings: Settings,
    points: Failpoint = no_failpoints,
    senders: tuple[Sender, Deliverer] | None = None,
) -> ReconcilerActivities:
    """Build the reconciler with the inbound rounds that it runs first.

    With ``senders``, who can ask providers and the agency, it finds out about marks left behind.
    """
    watch = SqlCaseWatch(engine)
    marks = LeftMarkWatch(watch, SqlLedger(engine), *senders, machine_clock) if senders else None
    return ReconcilerActivities(
        watch,
        CaseService(SqlLedger(engine), machine_clock),
        Runs(client),
        machine_clock,
        rounds=SqlRoundLog(engine),
        stuck=SqlStuckCases(engine),
        incoming=inbound_rounds(engine, settings, machine_clock, points),
        rates=SqlRateStore(engine),
        agencies=agency_watch(engine, settings, machine_clock),
        retention=ErasureService(SqlErasureStore(engine), SqlCaseLists(engine)).retention,
        marks=marks,
    )


def webhook_sender(
    engine: Engine, settings: Settings, points: Failpoint = no_failpoints
) -> WebhookSender:
    """Build the sender of webhooks over the ledger's queue of deliveries."""
    return WebhookSender(SqlDeliveryQueue(engine), SignedPost(settings.webhook), points)


def reporting(settings: Settings) -> tuple[str, ...]:
    """List the channels whose provider reports to us, as far as the settings say."""
    mail = settings.email.provider == "sendgrid" and settings.sendgrid.event_key
    public = settings.twilio.public_url or settings.api.public_url
    texts = settings.sms.provider == "twilio" and public
    found = (EMAIL if mail and settings.live else "", SMS if texts and settings.live else "")
    return tuple(filter(None, found))
