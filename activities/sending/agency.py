"""Sends cases to the agency, keeps it informed, and recalls them.

A delivery carries a stable id, so saying it twice is harmless to the agency. Forgetting that it was
said is not: the handoff is marked in flight first, and whoever finds such a mark takes the agency
for informed, delivers again under the same id, and lets the rules recall the case where money came.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from activities.agencies.attaching import AgencyAttaching, files_task, given_now
from activities.agencies.choosing import agency_for, lawyer_for, placed_with
from activities.agencies.dossiers import dossier_of
from activities.cases.hearing import hear
from activities.cases.session import Session
from activities.ports.agencies.book import AgencyBook, NoAgencies
from activities.ports.back_off import A_PERSON_MENDS, deferred
from activities.ports.clock import Clock, LastLook
from activities.ports.failpoints import Failpoint, no_failpoints
from activities.ports.ports import AccountRepository, Agency, Ledger
from activities.ports.types import (
    AGENCY,
    LONGEST_TITLE,
    Dossier,
    Outbound,
    OutboundState,
    Receipt,
    Sent,
    Task,
)
from activities.sending.bundle import as_planned
from activities.sending.holding_back import (
    LOOK_AGAIN,
    ComeBackLaterError,
    Handover,
    LookAgainError,
    ended_afterwards,
)
from activities.sending.protocol import OVER
from domain.case.facts import Action
from domain.evidence.model import Evidence
from domain.message_types import ActionType
from domain.parties.tasks import TaskKey, TaskKind, TaskTopic
from domain.wire import Answer, CaseActivityInput, Decision

RETRY = timedelta(minutes=1)
SAYS = {
    ActionType.LAWYER_LETTER: "case.letter_wanted",
    ActionType.HAND_OFF: "case.handed_off",
    ActionType.INFORM_AGENCY: "case.updated",
    ActionType.RECALL: "case.recalled",
}


_WITH_FILES = (ActionType.HAND_OFF, ActionType.INFORM_AGENCY)


class Deliverer:
    """Delivers what the agency must know, at least once under one id."""

    def __init__(
        self,
        ledger: Ledger,
        agency: Agency,
        points: Failpoint = no_failpoints,
        book: AgencyBook | None = None,
        attaching: AgencyAttaching | None = None,
    ) -> None:
        self._ledger = ledger
        self._attaching = attaching
        self._agency = agency
        self._point = points
        self._book = book or NoAgencies()

    def deliver(self, turn: CaseActivityInput, clock: Clock) -> Decision:
        """Hand over, inform or recall, and decide what comes next."""
        answers: dict[str, Answer] = {}
        marked = self._mark(turn, clock, answers)
        decision = marked if isinstance(marked, Decision) else self._tell(turn, clock, marked)
        return replace(decision, answers=answers)

    def _mark(
        self, turn: CaseActivityInput, clock: Clock, answers: dict[str, Answer]
    ) -> Decision | int:
        """Mark in flight; answers the attempt that is ours, 0 if it is somebody else's."""
        with self._ledger.account_of(turn.case) as account:
            session = Session(account, turn.case, clock())
            answers |= hear(session, turn.heard)
            outbound = account.outbound.of_step(turn.case, turn.step, turn.episode)
            if outbound and outbound.state is OutboundState.IN_FLIGHT:
                return 0
            session.close_or_reopen()
            over = outbound is not None and outbound.state in OVER
            if over or session.wants(turn.step, turn.episode) is None:
                return session.decide()
            step, episode = turn.step, turn.episode
            to = self._addressee(session, turn)
            return account.outbound.take_off(turn.case, step, episode, AGENCY, to).attempt

    def _addressee(self, session: Session, turn: CaseActivityInput) -> str:
        """Whom it is for: a handoff goes to who was chosen, news to who has the case."""
        if turn.do == ActionType.HAND_OFF:
            return agency_for(session, self._book, turn.step)
        if turn.do == ActionType.LAWYER_LETTER:
            return lawyer_for(session, self._book, turn.step)
        return placed_with(session)

    def _tell(self, turn: CaseActivityInput, clock: Clock, mine: int) -> Decision:
        self._point("agency_marked")
        with ended_afterwards(self._ledger) as handover:
            decision = self._look_and_tell(turn, clock, mine, handover)
        self._attach(turn)
        return decision

    def _attach(self, turn: CaseActivityInput) -> None:
        """Give the files to an agency that takes them one by one: long, so with no lock held.

        What is not given now is given by the reconciler, which does the same.
        """
        if self._attaching is None or turn.do not in _WITH_FILES:
            return
        with self._ledger.account_of(turn.case) as account:
            told = _step_of(account, turn)
        if told and told.state is OutboundState.ACCEPTED:
            lost = given_now(self._attaching, told.recipient, turn.case)
            if lost:
                with self._ledger.account_of(turn.case) as account:
                    account.tasks.add(files_task(turn.case, told.recipient, lost))

    def _look_and_tell(
        self, turn: CaseActivityInput, clock: Clock, mine: int, handover: Handover
    ) -> Decision:
        with self._ledger.account_of(turn.case) as account:
            # Before anything is read: what is read later is only newer.
            look = LastLook(is_held=account.is_held)
            session = Session(account, turn.case, clock())
            outbound = _step_of(account, turn)
            if outbound is None or outbound.state is not OutboundState.IN_FLIGHT:
                return session.decide()
            session.close_or_reopen()
            wanted = session.wants(turn.step, turn.episode)
            if wanted is None and outbound.attempt == mine:
                account.outbound.land(outbound, OutboundState.NEW, None)
                return session.decide()
            action = wanted or as_planned(session, turn)
            told = replace(_dossier(session, action), look=look, agency=outbound.recipient)
            receipt = self._agency.deliver(told)
            self._point("agency_told")
            if receipt.sent is Sent.STALE and outbound.attempt == mine:
                raise handover.hold_back(account.id, outbound, lambda now: _step_of(now, turn))
            if receipt.sent is Sent.STALE:
                raise LookAgainError(LOOK_AGAIN)  # another's mark: the agency may know already
            return _settle(session, action, outbound, receipt)


def _step_of(account: AccountRepository, turn: CaseActivityInput) -> Outbound | None:
    return account.outbound.of_step(turn.case, turn.step, turn.episode)


def _settle(session: Session, action: Action, outbound: Outbound, receipt: Receipt) -> Decision:
    if receipt.sent is Sent.ACCEPTED:
        session.account.outbound.land(outbound, OutboundState.ACCEPTED, receipt)
        session.record(action, channel=AGENCY)
        if receipt.by_hand:
            _ask(session, outbound, "by-hand", receipt.by_hand)
        return session.decide()
    if receipt.sent is Sent.UNKNOWN:
        raise ComeBackLaterError(RETRY)
    session.account.outbound.land(outbound, OutboundState.NEW, receipt)
    wait = deferred(outbound.attempt, receipt.retry_after)
    if receipt.sent is Sent.REJECTED:
        wait = A_PERSON_MENDS
        title = f"the agency refused ({action.do.value.replace('_', ' ')}): {receipt.detail}"
        _ask(session, outbound, outbound.attempt, title)
    return session.decide(not_before=session.now + wait)


def _ask(session: Session, outbound: Outbound, which: object, title: str) -> None:
    """Put what a person must do about a delivery on the desk, once."""
    session.account.tasks.add(
        Task(
            key=str(TaskKey.of(TaskTopic.AGENCY, outbound.id, which)),
            kind=TaskKind.QUESTION,
            case=session.case_id,
            title=title[:LONGEST_TITLE],
            due_at=session.now,
        )
    )


def _dossier(session: Session, action: Action) -> Dossier:
    delivery = f"{session.case_id}/{session.case.episode}/{action.step}"
    named = delivery, SAYS[action.do], action.why
    kept = session.account.evidence.of_case(session.case_id)
    statement = session.state.statement_of(action)
    told = dossier_of(session.file, session.state, named, kept, statement)

    def read(file: Evidence) -> bytes:
        return session.account.evidence.content(session.case_id, file.sha256) or b""

    account = session.account
    return replace(
        told,
        read=read,
        replies=account.inbound.answers_about(session.case_id),
        letters=account.letters.about(session.case_id),
    )
