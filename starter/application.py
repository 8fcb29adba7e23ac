"""Puts an application together for one command or program: settings, ledger, services, client."""

# One thing: the composition root. No other module of starter knows how the ledger is kept.

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from adapters.config.environment import database_url
from adapters.ledger.core.engine import Engine, make_engine
from adapters.ledger.core.readiness import LedgerState, Readiness, ready
from adapters.runtime.machine import machine_clock
from infra.servers.places import places
from starter.missing import Missing, NotReadyError

if TYPE_CHECKING:  # what only some commands need is imported where it is used: they start at once
    from activities.case_service import CaseService
    from activities.ports.stores.gateway import IdempotencyStore
    from activities.services.briefings import BriefingService
    from activities.services.cases import CaseQueryService
    from activities.services.charges.rates import RateService
    from activities.services.creditors import CreditorService
    from activities.services.customers.credit import CreditService
    from activities.services.customers.customers import CustomerService
    from activities.services.customers.erasure import ErasureService
    from activities.services.customers.flags import FlagService
    from activities.services.evidence import EvidenceService
    from activities.services.holds import HoldService
    from activities.services.imports import ImportService
    from activities.services.keys import KeyService
    from activities.services.payments import PaymentQueryService
    from activities.services.policies import PolicyService
    from activities.services.previews import LetterPreviewService, PreviewService
    from activities.services.replies import ReplyService
    from activities.services.reports import ReportService
    from activities.services.tasks import TaskService
    from activities.services.team import TeamService
    from activities.services.webhooks import WebhookService
    from adapters.config.settings import Settings
    from adapters.ledger.account.ledger import SqlLedger
    from adapters.temporal.runs import Runs
    from adapters.wiring.agencies import AgencyServices
    from adapters.wiring.bank import BankServices
    from adapters.wiring.letters import LetterServices
    from starter.client.client import Amicable, AsyncAmicable

CONNECTIONS = 4


@dataclass(frozen=True)
class Application:
    """All services that a command may need; Temporal is asked only by who changes a case.

    Attributes:
        given: the settings, where they were read already.
    """

    given: Settings | None
    engine: Engine
    home: Path | None = None

    @cached_property
    def settings(self) -> Settings:
        """Everything that differs between installations."""
        from adapters.config.settings import Settings

        return self.given or (Settings(home=self.home) if self.home else Settings())

    def readiness(self) -> Readiness:
        """Look whether the ledger can be used now."""
        return ready(self.engine)

    @property
    def ledger(self) -> SqlLedger:
        """The ledger, as services use it."""
        from adapters.ledger.account.ledger import SqlLedger

        return SqlLedger(self.engine)

    @property
    def desk(self) -> CaseService:
        """Takes in what is said, ledger first."""
        from activities.case_service import CaseService

        return CaseService(self.ledger, machine_clock, self.agencies.plan_b)

    @cached_property
    def runner(self) -> asyncio.Runner:
        """The one event loop of this command."""
        return asyncio.Runner()

    @cached_property
    def runs(self) -> Runs:
        """The workflows of cases; a NotReadyError if Temporal does not answer."""
        return self.runner.run(self._connected())

    @cached_property
    def client(self) -> Amicable:
        """What billing systems and collectors talk through."""
        from starter.client.client import Amicable

        return Amicable(self.desk, self.runner, self.runs)

    async def async_client(self) -> AsyncAmicable:
        """Connect what programs with an event loop of their own talk through.

        Raises:
            NotReadyError: if Temporal does not answer.
        """
        from starter.client.client import AsyncAmicable

        return AsyncAmicable(self.desk, await self._connected())

    async def _connected(self) -> Runs:
        from adapters.temporal.client import connect
        from adapters.temporal.runs import Runs

        try:
            return Runs(await connect(self.settings.home))
        except RuntimeError as error:
            told = f"Temporal does not answer ({str(error).splitlines()[0]})"
            raise NotReadyError(Missing.TEMPORAL, told) from None

    @cached_property
    def cases(self) -> CaseQueryService:
        """Looks at cases."""
        from activities.services.cases import CaseQueryService
        from adapters.ledger.stores.cases import SqlCaseFiles, SqlCaseLists
        from adapters.ledger.stores.tasks import SqlTaskStore

        lists, files = SqlCaseLists(self.engine), SqlCaseFiles(self.engine)
        return CaseQueryService(lists, files, SqlTaskStore(self.engine))

    @cached_property
    def previews(self) -> PreviewService:
        """What will happen to cases."""
        from activities.services.previews import PreviewService
        from adapters.ledger.stores.cases import SqlCaseFiles, SqlCaseLists

        return PreviewService(SqlCaseLists(self.engine), SqlCaseFiles(self.engine))

    @property
    def letter_previews(self) -> LetterPreviewService:
        """What customers would read."""
        return self.letter_desk.previews

    @cached_property
    def letter_desk(self) -> LetterServices:
        """Letters to come: looked at, changed for once, tried out, sent."""
        from adapters.wiring.letters import letter_services

        return letter_services(self.engine, self.settings, self.desk, self.previews, machine_clock)

    @cached_property
    def briefings(self) -> BriefingService:
        """What to know before a call."""
        from activities.services.briefings import BriefingService
        from adapters.ledger.stores.cases import SqlCaseFiles

        return BriefingService(SqlCaseFiles(self.engine), machine_clock)

    @cached_property
    def tasks(self) -> TaskService:
        """What waits for a person."""
        from activities.services.tasks import TaskService
        from adapters.ledger.stores.tasks import SqlTaskStore

        return TaskService(SqlTaskStore(self.engine), machine_clock)

    @cached_property
    def team(self) -> TeamService:
        """The creditor's own people."""
        from activities.services.team import TeamService
        from adapters.ledger.stores.team import SqlTeamStore

        return TeamService(SqlTeamStore(self.engine), machine_clock)

    @cached_property
    def customers(self) -> CustomerService:
        """Shows customers, and keeps how they are reached."""
        from activities.services.customers.customers import CustomerService
        from adapters.http.address_checks import AddressChecks
        from adapters.ledger.stores.cases import SqlCaseFiles, SqlCaseLists
        from adapters.ledger.stores.customers import SqlContactPointStore, SqlCustomerStore
        from adapters.ledger.stores.erasure import SqlErasureStore
        from adapters.ledger.stores.policies import SqlPolicyStore
        from adapters.ledger.stores.team import SqlTeamStore

        return CustomerService(
            customers=SqlCustomerStore(self.engine),
            points=SqlContactPointStore(self.engine),
            erasure=SqlErasureStore(self.engine),
            policies=SqlPolicyStore(self.engine),
            cases=SqlCaseLists(self.engine),
            files=SqlCaseFiles(self.engine),
            team=SqlTeamStore(self.engine),
            checks=AddressChecks(),
            clock=machine_clock,
        )

    @cached_property
    def credit(self) -> CreditService:
        """Shows a customer's credit, and moves it by hand."""
        from activities.services.customers.credit import CreditService
        from adapters.ledger.stores.customers import SqlCustomerStore

        return CreditService(self.ledger, SqlCustomerStore(self.engine), machine_clock)

    @cached_property
    def flags(self) -> FlagService:
        """Sets what holds for a customer as a person."""
        from activities.services.customers.flags import FlagService
        from adapters.ledger.stores.customers import SqlCustomerStore

        return FlagService(self.ledger, SqlCustomerStore(self.engine), machine_clock)

    @cached_property
    def erasure(self) -> ErasureService:
        """Exports a person's data, keeps it no longer than wanted, and erases it."""
        from activities.services.customers.erasure import ErasureService
        from adapters.ledger.stores.cases import SqlCaseLists
        from adapters.ledger.stores.erasure import SqlErasureStore

        return ErasureService(SqlErasureStore(self.engine), SqlCaseLists(self.engine))

    @cached_property
    def creditors(self) -> CreditorService:
        """The companies that are owed."""
        from activities.services.creditors import CreditorService
        from adapters.ledger.stores.cases import SqlCaseLists
        from adapters.ledger.stores.creditors import SqlCreditorStore
        from adapters.letters.sender_checks import SenderChecks

        store, lists = SqlCreditorStore(self.engine), SqlCaseLists(self.engine)
        return CreditorService(store, lists, SenderChecks())

    @cached_property
    def policies(self) -> PolicyService:
        """Versions of policies, and what is chosen for new cases."""
        from activities.services.policies import PolicyService
        from adapters.ledger.stores.cases import SqlCaseFiles
        from adapters.ledger.stores.policies import SqlPolicyStore

        store, files = SqlPolicyStore(self.engine), SqlCaseFiles(self.engine)
        return PolicyService(store, files, self.ledger, machine_clock)

    @cached_property
    def imports(self) -> ImportService:
        """Takes in many invoices at once."""
        from activities.services.imports import ImportService
        from adapters.ledger.stores.batches import SqlBatchStore
        from adapters.ledger.stores.cases import SqlDueCases

        return ImportService(SqlBatchStore(self.engine), SqlDueCases(self.engine))

    @cached_property
    def holds(self) -> HoldService:
        """Stops everything that would go out."""
        from activities.services.holds import HoldService
        from adapters.ledger.stores.cases import SqlCaseLists, SqlDueCases
        from adapters.ledger.stores.holds import SqlHoldStore

        lists, due = SqlCaseLists(self.engine), SqlDueCases(self.engine)
        return HoldService(SqlHoldStore(self.engine), lists, due, machine_clock)

    @cached_property
    def evidence(self) -> EvidenceService:
        """Files kept with cases."""
        from activities.services.evidence import EvidenceService
        from adapters.ledger.stores.evidence import SqlEvidenceStore

        return EvidenceService(SqlEvidenceStore(self.engine))

    @cached_property
    def keys(self) -> KeyService:
        """Keys of programs that use the gateway."""
        from activities.services.keys import KeyService
        from adapters.ledger.stores.gateway import SqlKeyStore

        return KeyService(SqlKeyStore(self.engine))

    @cached_property
    def idempotency(self) -> IdempotencyStore:
        """What the gateway answered to each idempotency key."""
        from adapters.ledger.stores.gateway import SqlIdempotencyStore

        return SqlIdempotencyStore(self.engine)

    @cached_property
    def webhooks(self) -> WebhookService:
        """Which other systems are told what happens."""
        from activities.services.webhooks import WebhookService
        from adapters.ledger.stores.webhooks import SqlEndpointStore
        from adapters.webhooks.line import SignedWebhookLine

        line = SignedWebhookLine(self.settings.webhook)
        return WebhookService(SqlEndpointStore(self.engine), self.creditors, line, machine_clock)

    @cached_property
    def reports(self) -> ReportService:
        """What credit managers steer by."""
        from activities.services.reports import ReportService
        from adapters.ledger.stores.reports import SqlReportStore

        return ReportService(SqlReportStore(self.engine), machine_clock)

    @cached_property
    def agencies(self) -> AgencyServices:
        """What agencies would take, which gets a case, and what they say and pay."""
        from adapters.wiring.agencies import agency_services

        return agency_services(self.engine, self.settings, machine_clock)

    @cached_property
    def rates(self) -> RateService:
        """Rates of interest: the shipped ones, and those that people added."""
        from activities.services.charges.rates import RateService
        from adapters.ledger.interest.rates import SqlRateStore
        from adapters.ledger.queries.case_watch import SqlCaseWatch

        store, desk = SqlRateStore(self.engine), SqlCaseWatch(self.engine)
        return RateService(store, desk.put_task, desk.finish_tasks_beginning, machine_clock)

    @cached_property
    def replies(self) -> ReplyService:
        """What debtors answered."""
        from activities.services.replies import ReplyService
        from adapters.ledger.stores.replies import SqlReplyStore

        return ReplyService(SqlReplyStore(self.engine))

    @cached_property
    def bank(self) -> BankServices:
        """What came into the bank, and what becomes of it."""
        from adapters.wiring.bank import bank_services

        return bank_services(self.engine, machine_clock)

    @cached_property
    def payments(self) -> PaymentQueryService:
        """Payments that were posted."""
        from activities.services.payments import PaymentQueryService
        from adapters.ledger.stores.payments import SqlPaymentStore

        return PaymentQueryService(SqlPaymentStore(self.engine))


def open_application(home: Path | str | None = None) -> Application:
    """Open an application as the settings say; the ledger must be reachable and up to date.

    Raises:
        NotReadyError: naming what is missing.
    """
    place = places(home).home
    return Application(None, open_ledger(database_url(place), CONNECTIONS), place)


def open_ledger(url: str, connections: int, patience: str = "") -> Engine:
    """Connect to a ledger that can be used as it is; ``patience`` is how long it waits for a lock.

    Raises:
        NotReadyError: if there is none, or it is not of this version.
    """
    if not url:
        raise NotReadyError(Missing.ADDRESS, "there is no ledger to ask")
    engine = make_engine(url, pool_size=connections, patience=patience)
    found = ready(engine)
    if found.state is LedgerState.UNREACHABLE:
        raise NotReadyError(Missing.LEDGER, found.text)
    if found.state is LedgerState.OTHER_VERSION:
        raise NotReadyError(Missing.MIGRATION, found.text)
    return engine


def unchecked(url: str) -> Application:
    """Open an application on a ledger that is not asked whether it is ready."""
    return Application(None, make_engine(url))


def migrate_ledger(url: str) -> None:
    """Bring the ledger's tables up to date; harmless when nothing is to be done."""
    from adapters.ledger.core.migrate import upgrade

    upgrade(url)


def is_out_of_reach(error: BaseException) -> bool:
    """Tell whether an error says that the ledger cannot be asked now."""
    from adapters.ledger.core.sql import out_of_reach

    return out_of_reach(error)
