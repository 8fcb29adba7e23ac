"""A case as it stands, from its file without any lock: to be looked at, never acted on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from activities.ports.types import CaseFile
from domain.case.model import Case
from domain.decision.state import CaseState, case_state


@dataclass(frozen=True, slots=True)
class View:
    """A case's file with all that follows from it at an instant."""

    file: CaseFile
    state: CaseState

    @property
    def case(self) -> Case:
        """The case as it stands."""
        return self.state.case

    @property
    def now(self) -> datetime:
        """The instant at which it is looked at."""
        return self.state.now


def look_at_case(file: CaseFile, now: datetime) -> View:
    """Look at a case's file at an instant."""
    return View(file, case_state(file, now))
