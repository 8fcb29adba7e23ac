"""The switch that stops everything that would go out."""

from __future__ import annotations

from datetime import timedelta

from activities.ports.clock import Clock
from activities.ports.stores.cases import CaseLists, CaseRow, DueCases
from activities.ports.stores.holds import EVERYONE, Hold, HoldStore

_TODAY = timedelta(days=1)


class HoldService:
    """What is stopped for one creditor or for all, and what would go out if it were not."""

    def __init__(self, holds: HoldStore, cases: CaseLists, due: DueCases, clock: Clock) -> None:
        self._holds = holds
        self._cases = cases
        self._due = due
        self._clock = clock

    def list(self) -> tuple[Hold, ...]:
        """List what is on hold now, since when and by whom."""
        return self._holds.holds()

    def stop(self, creditor: str, by: str) -> bool:
        """Stop everything that would go out, or one creditor's; False if it was so already."""
        return self._holds.switch(creditor or EVERYONE, on=True, by=by)

    def release(self, creditor: str) -> bool:
        """Let messages go again, or one creditor's; False if they were not on hold."""
        return self._holds.switch(creditor or EVERYONE, on=False)

    def agree_to_live(self, by: str) -> None:
        """Remember who agreed that messages really leave this installation."""
        self._holds.agree_to_live(by)

    def due_within_a_day(self) -> tuple[CaseRow, ...]:
        """List the cases that would send something within a day."""
        ids = self._due.outgoing(self._clock() + _TODAY)
        found = (self._cases.row(case_id) for case_id in ids)
        return tuple(row for row in found if row)
