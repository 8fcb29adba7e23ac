"""Deeds that go to people: calls, questions, notes to the sales rep, credit holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from activities.cases.careful_hearing import refuse_all
from activities.cases.hearing import hear
from activities.cases.opening import turned_away
from activities.cases.session import Session
from activities.ports.clock import Clock
from activities.ports.ports import AccountRepository, Ledger
from activities.ports.types import Task
from domain.calendar import due_in_window
from domain.case.facts import Action
from domain.case.promised import held_back, may_be_asked
from domain.message_types import ActionType
from domain.money import Money
from domain.parties.people import VOICE
from domain.parties.tasks import TaskKey, TaskKind, TaskTopic
from domain.wire import Answer, CaseActivityInput, Decision

_A_DAY = timedelta(days=1)
PARK = "park"
NO_CALL = (TaskKind.QUESTION, "a call is due, but they do not want to be called: find another way")
TASKS = {
    ActionType.CALL_TASK: (
        TaskKind.CALL,
        "call the customer: when will it be paid, was the invoice received?",
    ),
    ActionType.NOTIFY_SALES: (TaskKind.SALES, "tell the sales representative who owns the account"),
    ActionType.ASK_PERSON: (TaskKind.QUESTION, "decide how this case goes on"),
}
"""Deeds about credit are not among them: credit is one per account, and so is its task."""


class PersonTasks:
    """Carries out the deeds that end as tasks or notes for people."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def do(self, turn: CaseActivityInput, clock: Clock) -> Decision:
        """Make one task, once, and decide what comes next."""
        with self._ledger.account_of(turn.case) as account:
            session = Session(account, turn.case, clock())
            answers = hear(session, turn.heard)
            session.close_or_reopen()
            action = session.wants(turn.step, turn.episode)
            if action:
                if action.do in TASKS:
                    account.tasks.add(_task(session, action))
                session.record(action)
            return replace(session.decide(), answers=answers)

    def decide(self, turn: CaseActivityInput, clock: Clock) -> Decision:
        """Record what was heard, and decide what comes next."""
        with self._ledger.account_of(turn.case) as account:
            session = Session(account, turn.case, clock())
            answers = hear(session, turn.heard)
            return replace(session.decide(), answers=answers)

    def park(self, turn: CaseActivityInput, clock: Clock) -> Decision:
        """Keep what a cancelled workflow heard, and park its case."""
        with self._ledger.account_of(turn.case) as account:
            session = Session(account, turn.case, clock())
            answers = hear(session, turn.heard)
            session.judge()
            account.cases.save(session.case, None, parked=True)
            return _parked(account, turn, clock(), answers)

    def park_as_it_is(self, turn: CaseActivityInput, clock: Clock, why: str) -> Decision:
        """Leave a case alone that cannot even be read: what was said to it goes to a person."""
        answers = refuse_all(self._ledger, turn, clock, why)
        with self._ledger.account_of(turn.case) as account:
            account.cases.park(turn.case)
            return _parked(account, turn, clock(), answers)


def _parked(
    account: AccountRepository, turn: CaseActivityInput, now: datetime, answers: dict[str, Answer]
) -> Decision:
    account.tasks.add(
        Task(
            key=str(TaskKey.of(TaskTopic.PARKED, turn.case, turn.run)),
            kind=TaskKind.QUESTION,
            case=turn.case,
            title="the workflow was cancelled; the case is parked until it is resumed",
            due_at=now,
        )
    )
    return Decision(do=PARK, why="the workflow was cancelled", answers=answers)


def nothing_to_park(turn: CaseActivityInput) -> Decision:
    """Answer a workflow that was cancelled before its case was ever opened."""
    return Decision(do=PARK, answers=turned_away(turn, "there is no such case"))


def _chased(session: Session) -> str:
    """What may be asked for: neither what the customer contests (P41) nor what is promised."""
    case, currency = session.case, session.case.invoice.amount.currency
    asked = Money(may_be_asked(case, session.now), currency)
    beside = []
    if case.disputed:
        beside.append(f"{Money(case.disputed, currency)} in dispute")
    promised, promise = held_back(case, session.now), case.running_promise
    if promised and promise:
        beside.append(f"{Money(promised, currency)} promised for {promise.day}")
    return f"{asked} open beside {' and '.join(beside)}" if beside else f"{case.open_money} open"


def _task(session: Session, action: Action) -> Task:
    kind, what = _asked(session, action)
    return Task(
        key=str(TaskKey.of(kind, session.case_id, session.case.episode, action.step)),
        kind=kind,
        case=session.case_id,
        title=f"{session.case.invoice.number}, {_chased(session)}: {what}",
        detail=action.why,
        owner=_owner(session, action),
        due_at=_due(session, action),
    )


def _asked(session: Session, action: Action) -> tuple[TaskKind, str]:
    """The kind of a task and what it asks for: nobody calls who does not want to be called."""
    if action.do is ActionType.CALL_TASK and VOICE in session.file.debtor.opted_out:
        return NO_CALL
    return TASKS[action.do]


def _owner(session: Session, action: Action) -> str:
    if action.do is ActionType.NOTIFY_SALES:
        return session.file.debtor.sales_rep
    return session.account.tasks.whose_turn()


def _due(session: Session, action: Action) -> datetime:
    """A call is made within the hours in which the customer may be called."""
    if action.do is ActionType.CALL_TASK:
        return due_in_window(session.calendar, session.now)
    return session.now + _A_DAY
