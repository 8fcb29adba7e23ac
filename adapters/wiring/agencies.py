"""Puts together which agencies there are, how each is reached, and what is done with them."""

from __future__ import annotations

from dataclasses import dataclass

from activities.agencies.telling import CaseTelling
from activities.ports.clock import Clock
from activities.ports.ports import Agency
from activities.services.agencies.money import AgencyMoneyService
from activities.services.agencies.placing import PlacingService
from activities.services.agencies.progress import AgencyProgressService
from adapters.agency.book import AgencyFolderBook
from adapters.agency.by_name import AgencyByName
from adapters.config.settings import Settings
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.agencies.store import SqlAgencyStore
from adapters.ledger.core.engine import Engine
from adapters.wiring.choose import agency


def agency_book(settings: Settings) -> AgencyFolderBook:
    """Make the book of the agencies that are described in the installation's folder."""
    return AgencyFolderBook(settings.agencies)


def agencies(settings: Settings) -> Agency:
    """Make the connection to all agencies: the installation's one, and those of the book.

    Raises:
        SettingsError: if the installation's one has no usable URL or secret.
    """
    return AgencyByName(agency(settings), agency_book(settings), settings.home)


@dataclass(frozen=True, slots=True)
class AgencyServices:
    """What people and programs do with agencies."""

    placing: PlacingService
    progress: AgencyProgressService
    money: AgencyMoneyService


def agency_services(engine: Engine, settings: Settings, clock: Clock) -> AgencyServices:
    """Make all three on one ledger."""
    ledger, store = SqlLedger(engine), SqlAgencyStore(engine)
    telling = CaseTelling(ledger, clock)
    return AgencyServices(
        PlacingService(agency_book(settings), telling, clock),
        AgencyProgressService(store, telling),
        AgencyMoneyService(store, ledger, telling, clock),
    )
