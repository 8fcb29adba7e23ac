"""What whoever calls a customer needs: the briefing and the script, from the ledger of now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from activities.ports.clock import Clock
from activities.ports.stores.cases import CaseFiles
from activities.ports.types import CaseFile
from domain.briefing.briefing import Briefing, Known, briefing
from domain.briefing.call_script import CallScript, Sides, call_script
from domain.case.invoice import Message
from domain.decision.state import case_state
from domain.message_types import MessageStatus


class BriefingService:
    """Prepares calls."""

    def __init__(self, files: CaseFiles, clock: Clock) -> None:
        self._files = files
        self._clock = clock

    def prepare(self, files: Sequence[CaseFile]) -> tuple[Briefing, CallScript]:
        """Prepare a call about these cases of one customer: the briefing and the script."""
        now, first = self._clock(), files[0]
        known = [_known(file, now) for file in files]
        history = self._files.history(first.invoice.creditor, first.debtor.id, now)
        told = briefing(known, history, first.policy.classes, now)
        own = first.debtor.customer_class
        if own:
            told = replace(told, customer_class=own, why_class=f"{own}: set by hand")
        sides = Sides(creditor=first.creditor, debtor=first.debtor, terms=first.policy.agreements)
        return told, call_script(known, told, sides, now)


def _known(file: CaseFile, now: datetime) -> Known:
    state = case_state(file, now)
    return Known(state.facts, state.statement, _accepted(file))


def _accepted(file: CaseFile) -> tuple[Message, ...]:
    return tuple(
        recorded.message
        for recorded in file.recorded
        if recorded.status is not MessageStatus.REFUSED
    )
