"""The service for lists by date: what is promised, contested, paused, about to leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from activities.ports.clock import Clock
from activities.ports.stores.cases import CaseRow
from activities.ports.stores.console.standing import HeldCustomer, StandingStore
from activities.ports.types import CaseFile
from activities.services.cases import CaseQueryService
from domain.decision.state import CaseState, case_state
from domain.message_types import Stage

STANDING_PAGE = 10
"""Each is shown as it stands now, from its whole file: so many are read for a page."""

MOST_SHOWN = 200
"""Cases that are about to leave, or parked: so many are shown at most."""

_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingCase:
    """A case as it stands now, with its file."""

    file: CaseFile
    state: CaseState


class StandingService:
    """Lists cases by where they stand."""

    def __init__(self, store: StandingStore, cases: CaseQueryService, clock: Clock) -> None:
        self._store = store
        self._cases = cases
        self._clock = clock

    def page(
        self, creditor: str, stage: Stage, after: str = ""
    ) -> tuple[tuple[StandingCase, ...], str]:
        """Show one page of the cases of a stage, and the case after which the next page begins."""
        ids = self._store.cases(creditor, stage, after, STANDING_PAGE + 1)
        shown, now = ids[:STANDING_PAGE], self._clock()
        files = {file.invoice.case_id: file for file in self._cases.files(shown)}
        found = (files[case_id] for case_id in shown if case_id in files)
        cases = tuple(StandingCase(file=file, state=case_state(file, now)) for file in found)
        return cases, shown[-1] if len(ids) > len(shown) else ""

    def leaving(self, creditor: str) -> tuple[CaseRow, ...]:
        """List what leaves the house within a day, by time."""
        until = self._clock() + _A_DAY
        return self._in_order(self._store.leaving(creditor, until, MOST_SHOWN))

    def parked(self, creditor: str) -> tuple[CaseRow, ...]:
        """List what was parked and nobody took up yet."""
        return self._in_order(self._store.parked(creditor, MOST_SHOWN))

    def held(self, creditor: str, after: str = "") -> tuple[HeldCustomer, ...]:
        """List the customers whose credit is held."""
        return self._store.held(creditor, after, MOST_SHOWN)

    def _in_order(self, ids: Sequence[str]) -> tuple[CaseRow, ...]:
        rows = {row.case_id: row for row in self._cases.rows(ids)}
        return tuple(rows[case_id] for case_id in ids if case_id in rows)
