"""The services that only the console uses; everything else is asked of the application."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from activities.services.console.access import AccessService
from activities.services.console.figures import FiguresService
from activities.services.console.looking import LookingService
from activities.services.console.running import RunningService
from activities.services.console.standing import StandingService
from activities.services.console.views import SavedViewService
from activities.services.console.worklist import WorklistService
from adapters.ledger.stores.console.access import SqlAccessStore
from adapters.ledger.stores.console.figures import SqlFiguresStore
from adapters.ledger.stores.console.looking import SqlLookingStore
from adapters.ledger.stores.console.running import SqlRunningStore
from adapters.ledger.stores.console.standing import SqlStandingStore
from adapters.ledger.stores.console.views import SqlSavedViewStore
from adapters.ledger.stores.console.worklist import SqlWorklistStore
from adapters.runtime.machine import machine_clock

if TYPE_CHECKING:
    from starter.application import Application


@dataclass(frozen=True)
class ConsoleServices:
    """Who may come in, and in which order customers are looked after."""

    application: Application

    @cached_property
    def access(self) -> AccessService:
        """People, invitations and sessions."""
        return AccessService(SqlAccessStore(self.application.engine))

    @cached_property
    def worklist(self) -> WorklistService:
        """Whom to look after first, and why."""
        store = SqlWorklistStore(self.application.engine)
        return WorklistService(
            store, self.application.cases, self.application.policies, machine_clock
        )

    @cached_property
    def looking(self) -> LookingService:
        """Timeline, search and notes."""
        return LookingService(SqlLookingStore(self.application.engine))

    @cached_property
    def views(self) -> SavedViewService:
        """Views of the worklist that people keep."""
        return SavedViewService(SqlSavedViewStore(self.application.engine))

    @cached_property
    def figures(self) -> FiguresService:
        """Why customers are late, what people did, what left and came back."""
        return FiguresService(SqlFiguresStore(self.application.engine))

    @cached_property
    def running(self) -> RunningService:
        """What leaves, what is stuck, what fails."""
        return RunningService(SqlRunningStore(self.application.engine), machine_clock)

    @cached_property
    def standing(self) -> StandingService:
        """Lists by date."""
        store = SqlStandingStore(self.application.engine)
        return StandingService(store, self.application.cases, machine_clock)
