"""Puts the house together for one command: settings, ledger, front desk and client."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from activities.case_service import CaseService
from adapters.config.settings import Settings
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.core.engine import Engine, make_engine
from adapters.ledger.core.migrate import ready
from adapters.runtime.machine import machine_clock
from adapters.temporal.client import connect
from adapters.temporal.runs import Runs
from infra.servers.places import places
from starter.client.client import Amicable

NOT_RUNNING = "there is no ledger to ask: run `amicable up`, or set AMICABLE_DATABASE_URL"
CONNECTIONS = 4


class NotReadyError(RuntimeError):
    """What a command needs does not run; the text says what to do."""


@dataclass(frozen=True)
class Application:
    """Everything that a command may need; Temporal is asked only by who changes a case."""

    settings: Settings
    engine: Engine

    @property
    def ledger(self) -> SqlLedger:
        """The memory of the house."""
        return SqlLedger(self.engine)

    @property
    def desk(self) -> CaseService:
        """Takes in what is said, ledger first."""
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
        try:
            return Runs(self.runner.run(connect(self.settings.home)))
        except RuntimeError as error:
            raise NotReadyError(
                f"Temporal does not answer ({str(error).splitlines()[0]}): "
                "run `amicable up`, or check TEMPORAL_ADDRESS"
            ) from None

    @cached_property
    def client(self) -> Amicable:
        """What billing systems and collectors talk through."""
        runs = self.runs
        return Amicable(self.desk, self.runner, runs)


def open_application(home: Path | str | None = None) -> Application:
    """The house as the settings say; the ledger must be reachable and up to date.

    Raises:
        NotReadyError: in words, with the way out.
    """
    settings = Settings(home=places(home).home)
    if not settings.database_url:
        raise NotReadyError(NOT_RUNNING)
    engine = make_engine(settings.database_url, pool_size=CONNECTIONS)
    state = ready(engine)
    if not state.ok:
        raise NotReadyError(state.text)
    return Application(settings, engine)
