"""Puts together which agencies there are, how each is reached, and what is done with them."""

from __future__ import annotations

from dataclasses import dataclass

from activities.agencies.attaching import AgencyAttaching
from activities.agencies.telling import CaseTelling
from activities.ports.clock import Clock
from activities.ports.ports import Agency
from activities.services.agencies.money import AgencyMoneyService
from activities.services.agencies.placing import PlacingService
from activities.services.agencies.plan_b import AgreedPlanBChecks
from activities.services.agencies.polling import AgencyPollingService
from activities.services.agencies.progress import AgencyProgressService
from activities.services.agencies.returned import ReturnedCaseService
from activities.services.agencies.watch import AgencyWatch
from adapters.agency.asking import DEBITURA, AskedAgencies
from adapters.agency.book import AgencyFolderBook
from adapters.agency.by_name import AgencyByName
from adapters.config.settings import Settings
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.agencies.store import SqlAgencyStore
from adapters.ledger.core.engine import Engine
from adapters.ledger.letters.sent import SqlSentLetterStore
from adapters.ledger.queries.case_watch import SqlCaseWatch
from adapters.ledger.queries.rounds import SqlRoundLog
from adapters.ledger.stores.cases import SqlCaseFiles
from adapters.ledger.stores.evidence import SqlEvidenceStore
from adapters.runtime.machine import machine_clock
from adapters.wiring.choose import agency, file_links


def agency_book(settings: Settings) -> AgencyFolderBook:
    """Make the book of the agencies that are described in the installation's folder."""
    return AgencyFolderBook(settings.agencies, {DEBITURA: AskedAgencies()})


def agencies(settings: Settings) -> Agency:
    """Make the connection to all agencies: the installation's one, and those of the book.

    Raises:
        SettingsError: if the installation's one has no usable URL or secret.
    """
    book, home = agency_book(settings), settings.home
    return AgencyByName(agency(settings), book, home, file_links(settings))


def agency_attaching(engine: Engine, settings: Settings) -> AgencyAttaching:
    """Make what gives files to agencies that have an interface."""
    return AgencyAttaching(
        agency_book(settings),
        AskedAgencies(),
        SqlEvidenceStore(engine),
        SqlSentLetterStore(engine),
    )


def agency_watch(engine: Engine, settings: Settings, clock: Clock) -> AgencyWatch:
    """Make what asks agencies by itself how their cases stand."""
    polling, desk = agency_services(engine, settings, clock).polling, SqlCaseWatch(engine)
    return AgencyWatch(
        polling,
        agency_attaching(engine, settings),
        SqlAgencyStore(engine).creditors,
        rounds=SqlRoundLog(engine),
        put=desk.put_task,
        finish=desk.finish_tasks_beginning,
        clock=clock,
    )


@dataclass(frozen=True, slots=True)
class AgencyServices:
    """What people and programs do with agencies."""

    placing: PlacingService
    progress: AgencyProgressService
    money: AgencyMoneyService
    polling: AgencyPollingService
    plan_b: AgreedPlanBChecks
    returned: ReturnedCaseService


def plan_b_checks(
    engine: Engine, settings: Settings, clock: Clock = machine_clock
) -> AgreedPlanBChecks:
    """Make what judges the Plan B that an agreement names."""
    return AgreedPlanBChecks(agency_book(settings), SqlCaseFiles(engine), clock)


def agency_services(engine: Engine, settings: Settings, clock: Clock) -> AgencyServices:
    """Make all of them on one ledger."""
    ledger, store = SqlLedger(engine), SqlAgencyStore(engine)
    telling = CaseTelling(ledger, clock)
    book, progress = agency_book(settings), AgencyProgressService(store, telling)
    money, files = AgencyMoneyService(store, ledger, telling, clock), SqlCaseFiles(engine)
    polling = AgencyPollingService(book, AskedAgencies(), files, progress, money, clock=clock)
    placing, plan_b = PlacingService(book, telling, clock), plan_b_checks(engine, settings, clock)
    returned = ReturnedCaseService(placing, progress, telling, clock)
    return AgencyServices(placing, progress, money, polling, plan_b, returned)
