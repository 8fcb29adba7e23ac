"""Marks that were left behind: what became of each message is found out, whoever has a workflow.

A workflow finds out about its own message when it runs again. One that was terminated and paid, or
cancelled, does not run again: then the reconciler asks, by the very protocol, and never calls.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from activities.cases.session import Session
from activities.ports.clock import Clock
from activities.ports.ports import Ledger
from activities.ports.types import AGENCY, BusyError, OutboundState
from activities.sending.agency import Deliverer
from activities.sending.holding_back import ComeBackLaterError
from activities.sending.protocol import GRACE, Sender
from activities.watching.ports import LeftMark, LeftMarks
from domain.case.facts import Action
from domain.decision.answering.steps import answer_named
from domain.decision.rules_thanks import THANKS
from domain.decision.state import case_state
from domain.message_types import ActionType
from domain.wire import CaseActivityInput

LEFT_FOR = GRACE
"""A mark this old was left: whoever made it, or took over from whoever did, would have asked."""

MOST = 100
"""Of these in one round, the oldest: each may cost a provider's time, and rounds must end."""


class LeftMarkWatch:
    """Finds marks that were left behind, and ends each as the protocol of sending says."""

    def __init__(
        self, marks: LeftMarks, ledger: Ledger, sender: Sender, deliverer: Deliverer, clock: Clock
    ) -> None:
        self._marks = marks
        self._ledger = ledger
        self._sender = sender
        self._deliverer = deliverer
        self._clock = clock

    def find(self) -> dict[str, list[LeftMark]]:
        """List what was left, the oldest first, by case."""
        found = dict[str, list[LeftMark]]()
        for mark in self._marks.left_marks(LEFT_FOR)[:MOST]:
            found.setdefault(mark.case, []).append(mark)
        return found

    def settle(self, mark: LeftMark) -> bool:
        """Find out about one; False if nobody can know yet, so that the next round asks again."""
        try:
            turn = self._turn(mark)
            if turn is None:
                return False  # somebody was quicker, or a person has to speak first
            if mark.channel == AGENCY:
                self._deliverer.deliver(turn, self._clock)
            else:
                self._sender.find_out(turn, self._clock)
        except (ComeBackLaterError, BusyError):
            return False
        return True

    def _turn(self, mark: LeftMark) -> CaseActivityInput | None:
        """Rebuild the turn in which the step was marked."""
        with self._ledger.account_of(mark.case) as account:
            outbound = account.outbound.of_step(mark.case, mark.step, mark.episode)
            if outbound is None or outbound.state is not OutboundState.IN_FLIGHT:
                return None
            session = Session(account, mark.case, self._clock())
        if mark.channel == AGENCY and _waits_for_a_person(session):
            return None
        marked_at = session.now - outbound.age
        wanted = _wanted_then(session, mark, marked_at)
        return CaseActivityInput(
            case=mark.case,
            do=(wanted.do if wanted else _deed_named(session, mark)).value,
            step=mark.step,
            episode=mark.episode,
            at=marked_at,
        )


def _waits_for_a_person(session: Session) -> bool:
    """Whether the agency is told nothing: asking it means telling it again."""
    return session.file.on_hold or (session.file.parked and not session.case.closed)


def _wanted_then(session: Session, mark: LeftMark, at: datetime) -> Action | None:
    """What the rules wanted when it was marked: by now the case may be paid, and want nothing."""
    file = session.file
    told = tuple(one for one in file.recorded if one.message.at <= at)
    done = tuple(deed for deed in file.deeds if deed.at <= at)
    wanted = case_state(replace(file, recorded=told, deeds=done), at).next_action
    return wanted if wanted.step == mark.step else None


def _deed_named(session: Session, mark: LeftMark) -> ActionType:
    """What a step of that name is, where nothing else tells: for what else is said, a reminder."""
    policy = session.file.policy
    if step := policy.step(mark.step):
        return step.do
    if mark.channel == AGENCY:
        return _told_to_the_agency(mark.step, policy.plan_b.do)
    courteous = mark.step.startswith(THANKS) or answer_named(mark.step)
    return ActionType.ACKNOWLEDGE if courteous else ActionType.REMIND


def _told_to_the_agency(step: str, plan_b: ActionType) -> ActionType:
    if step.startswith(ActionType.RECALL.value):
        return ActionType.RECALL
    if step.startswith("inform-"):
        return ActionType.INFORM_AGENCY
    return plan_b if plan_b is ActionType.LAWYER_LETTER else ActionType.HAND_OFF
