"""The service for holds: the switch that stops everything that would go out."""

from __future__ import annotations

from datetime import timedelta

from activities.ports.back_off import WHILE_HELD
from activities.ports.clock import Clock
from activities.ports.stores.cases import CaseLists, CaseRow, DueCases
from activities.ports.stores.holds import EVERYONE, Hold, HoldStore
from domain.case.model import Message
from domain.message_types import MessageType

_TODAY = timedelta(days=1)


class HoldService:
    """Stops and releases messages, for one creditor or for all."""

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
        return self._holds.stop(creditor or EVERYONE, by)

    def release(self, creditor: str, by: str) -> tuple[str, ...] | None:
        """Let messages go again, or one creditor's; answers the cases that waited for it.

        Whoever is told of them at once sends at once; the reconciler wakes the others. None if
        nothing was on hold.
        """
        now, scope = self._clock(), creditor or EVERYONE
        key = f"hold/{scope}/{now:%Y%m%dT%H%M%S.%f}"
        told = Message(key=key, kind=MessageType.NUDGE, at=now, reason="the hold ended", by=by)
        return self._holds.let_go(scope, now + WHILE_HELD, told)

    def agree_to_live(self, by: str) -> None:
        """Remember who agreed that messages really leave this installation."""
        self._holds.agree_to_live(by)

    def due_within_a_day(self) -> tuple[CaseRow, ...]:
        """List the cases that would send something within a day."""
        ids = self._due.outgoing(self._clock() + _TODAY)
        found = (self._cases.row(case_id) for case_id in ids)
        return tuple(row for row in found if row)
