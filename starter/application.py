"""Puts an application together for one command or program: settings, ledger, services, client."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from adapters.config.environment import database_url
from adapters.ledger.core.engine import Engine, make_engine
from adapters.ledger.core.readiness import LedgerState, ready
from adapters.runtime.machine import machine_clock
from infra.servers.places import places

if TYPE_CHECKING:  # what only some commands need is imported where it is used: they start at once
    from activities.case_service import CaseService
    from adapters.config.settings import Settings
    from adapters.ledger.account.ledger import SqlLedger
    from adapters.temporal.runs import Runs
    from starter.client.client import Amicable, AsyncAmicable

CONNECTIONS = 4


class Missing(StrEnum):
    """What is needed and does not run."""

    ADDRESS = "address"
    LEDGER = "ledger"
    MIGRATION = "migration"
    TEMPORAL = "temporal"
    PORT = "port"


class NotReadyError(RuntimeError):
    """What is needed does not run; the text says what is wrong.

    Attributes:
        missing: which part it is.
    """

    def __init__(self, missing: Missing, text: str) -> None:
        super().__init__(text)
        self.missing = missing


@dataclass(frozen=True)
class Application:
    """Everything that a command may need; Temporal is asked only by who changes a case.

    Attributes:
        given: the settings, where they were read already.
    """

    given: Settings | None
    engine: Engine
    home: Path | None = None

    @cached_property
    def settings(self) -> Settings:
        """Everything that differs between installations."""
        from adapters.config.settings import Settings  # noqa: PLC0415 - looking needs none of them

        return self.given or (Settings(home=self.home) if self.home else Settings())

    @property
    def ledger(self) -> SqlLedger:
        """The ledger, as services use it."""
        from adapters.ledger.account.ledger import SqlLedger  # noqa: PLC0415 - for changes only

        return SqlLedger(self.engine)

    @property
    def desk(self) -> CaseService:
        """Takes in what is said, ledger first."""
        from activities.case_service import CaseService  # noqa: PLC0415 - for changes only

        return CaseService(self.ledger, machine_clock)

    @cached_property
    def runner(self) -> asyncio.Runner:
        """The one event loop of this command."""
        return asyncio.Runner()

    @cached_property
    def runs(self) -> Runs:
        """The workflows of cases.

        Raises:
            NotReadyError: if Temporal does not answer.
        """
        return self.runner.run(self._connected())

    @cached_property
    def client(self) -> Amicable:
        """What billing systems and collectors talk through."""
        from starter.client.client import Amicable  # noqa: PLC0415 - for changes only

        runs = self.runs
        return Amicable(self.desk, self.runner, runs)

    async def async_client(self) -> AsyncAmicable:
        """Connect what programs with an event loop of their own talk through.

        Raises:
            NotReadyError: if Temporal does not answer.
        """
        from starter.client.client import AsyncAmicable  # noqa: PLC0415 - for changes only

        return AsyncAmicable(self.desk, await self._connected())

    async def _connected(self) -> Runs:
        from adapters.temporal.client import connect  # noqa: PLC0415 - looking needs no Temporal
        from adapters.temporal.runs import Runs  # noqa: PLC0415 - looking needs no Temporal

        try:
            return Runs(await connect(self.settings.home))
        except RuntimeError as error:
            told = f"Temporal does not answer ({str(error).splitlines()[0]})"
            raise NotReadyError(Missing.TEMPORAL, told) from None


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
