"""Puts together which agencies there are, how each is reached, and what is done with them."""

from __future__ import annotations

from activities.ports.clock import Clock
from activities.ports.ports import Agency
from activities.services.agencies.placing import PlacingService
from adapters.agency.book import AgencyFolderBook
from adapters.agency.by_name import AgencyByName
from adapters.config.settings import Settings
from adapters.ledger.account.ledger import SqlLedger
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


def placing_service(engine: Engine, settings: Settings, clock: Clock) -> PlacingService:
    """Make the service that compares agencies and places cases."""
    return PlacingService(agency_book(settings), SqlLedger(engine), clock)
