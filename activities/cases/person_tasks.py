"""Deeds that go to people: calls, questions, notes to the sales rep, credit holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from activities.cases.call_tasks import MOST_LISTED, about_these, is_chased_late
from activities.cases.careful_hearing import refuse_all
from activities.cases.hearing import hear
from activities.cases.opening import turned_away
from activities.cases.session import CHASING, Session
from activities.ports.clock import Clock
from activities.ports.ports import AccountRepository, Ledger
from activities.ports.types import Task
from domain.briefing.task_titles import TASKS, kind_and_plea, task_key, task_title
from domain.calendar import due_in_window
from domain.case.facts import Action
from domain.contact.routes import NOWHERE
from domain.decision.bundling import (
    TASKS_TOGETHER,
    Sending,
    horizon,
    in_one,
    joining,
    sending_of,
)
from domain.message_types import ActionType
from domain.parties.customer import PlannedContact, Touch
from domain.parties.tasks import TaskKey, TaskKind, TaskTopic
from domain.wire import Answer, CaseActivityInput, Decision

_A_DAY = timedelta(days=1)
PARK = "park"


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
            if action and action.do in TASKS_TOGETHER:
                _ask_once(session, action)
            elif action:
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


def _ask_once(session: Session, action: Action) -> None:
    """One call, or one note, about all of the customer's invoices that are due for it.

    While one of that sort is open it becomes about these invoices as well.
    """
    account, now = session.account, session.now
    sending = sending_of(action, session.file.policy, NOWHERE, now)
    until = horizon(sending, session.calendar)
    found = account.outbound.due_with(session.case_id, until, sending.kinds, ())
    late = account.cases.open_invoices()[:MOST_LISTED] if action.do is ActionType.CALL_TASK else ()
    others = [one for one in dict.fromkeys((*found, *late)) if one != session.case_id]
    with account.together(others):
        sessions = [Session(account, case_id, now) for case_id in others]
        joined = [(one, step) for one in sessions if (step := _joined(one, sending))]
        also = [one for one in sessions if is_chased_late(one)]
        named = [*(one for one, _ in joined), *also]
        _lay_out(session, action, tuple(dict.fromkeys(one.case_id for one in named)))
        number, count = session.case.invoice.number, len(joined) + 1
        session.record(in_one(action, number, count))
        for one, step in joined:
            one.record(in_one(step, number, count))
        if action.do is ActionType.CALL_TASK:
            asked = PlannedContact(at=sending.at, what=Touch.CALL_PLANNED, cases=count)
            key = str(TaskKey.of(TaskKind.CALL, session.case_id, session.case.episode, action.step))
            account.customer.touch(asked, key, session.case_id)
            for one in (session, *(one for one, _ in joined)):
                one.hears_of(asked)
        for one, _ in joined:
            one.decide()


def _joined(session: Session, sending: Sending) -> Action | None:
    """The look at another case: its own call or note, if it is due as well."""
    file = session.file
    if file.parked or file.customer.human_only:
        return None
    state = session.state.at(sending.at)
    return joining(state.facts, file.policy, state.next_action, sending)


def _lay_out(session: Session, action: Action, also: tuple[str, ...]) -> None:
    tasks, new = session.account.tasks, _task(session, action)
    known = [one for one in tasks.of_customer((new.kind,)) if new.kind in CHASING]
    if not known:
        tasks.add(about_these(new, (session.case_id, *also)))
        return
    cases = tuple(dict.fromkeys((*known[0].cases, session.case_id, *also)))
    detail = "\n".join(dict.fromkeys(filter(None, (known[0].detail, new.detail))))
    tasks.change(about_these(replace(known[0], title=new.title, detail=detail), cases))


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


def _task(session: Session, action: Action) -> Task:
    kind, plea = kind_and_plea(session.state, action.do)
    return Task(
        key=task_key(session.state, kind, action.step),
        kind=kind,
        case=session.case_id,
        title=task_title(session.state, plea),
        detail=action.why,
        owner=_owner(session, action),
        due_at=_due(session, action),
    )


def _owner(session: Session, action: Action) -> str:
    if action.do is ActionType.NOTIFY_SALES:
        return session.file.debtor.sales_rep
    return session.account.tasks.whose_turn()


def _due(session: Session, action: Action) -> datetime:
    """A call is made within the hours in which the customer may be called."""
    if action.do is ActionType.CALL_TASK:
        return due_in_window(session.calendar, session.now)
    return session.now + _A_DAY
