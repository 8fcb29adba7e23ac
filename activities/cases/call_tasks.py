"""Tasks about calls: one for all invoices; its result ends it, what was said is new work (P13)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from activities.ports.ports import AccountRepository
from activities.ports.types import CaseFile, Task
from domain.agreements.status import agreed_until
from domain.briefing.task_titles import WHAT
from domain.calendar import Calendar, due_in_window
from domain.calls.meaning import approval_day
from domain.calls.results import MISSED, CallResult, code_of, missed_in_a_row
from domain.case.model import Case, Message
from domain.contact.contact_book import free_for_call
from domain.decision.closing import why_not_chased
from domain.ids import CaseId
from domain.ladder.demand import is_unsaid
from domain.message_types import ActionType, MessageType
from domain.parties.people import VOICE
from domain.parties.tasks import CALLS, TaskKey, TaskKind

if TYPE_CHECKING:  # a session clears the desk by this module
    from activities.cases.session import Session

_A_DAY = timedelta(days=1)
TRIES = 2
"""Calls that are made before nobody answering is taken for an answer: the ladder goes on anyway."""


def after_the_call(
    account: AccountRepository,
    file: CaseFile,
    case: Case,
    message: Message,
    calendar: Calendar,
) -> None:
    """Tick off the call, and make tasks of what was asked for in it, for whoever called.

    One call is about all of the customer's invoices, so it is done for all of them, whichever it
    was recorded with.
    """
    code, case_id = code_of(message.reason), case.invoice.case_id
    done = account.tasks.of_customer((TaskKind.CALL,))
    for task in done:
        account.tasks.finish(task.key, code)
    account.tasks.finish_kinds(case_id, CALLS, code)
    if case.outcome:
        return
    new = _new_work(file, case, message, calendar)
    if new and new.kind is TaskKind.CALL:
        also = (other for task in done for other in task.cases if other != case_id)
        new = replace(new, also=tuple(dict.fromkeys(also)))
    if new:
        account.tasks.add(replace(new, owner=account.tasks.whose_turn(message.by)))


def after_taking_back(account: AccountRepository, file: CaseFile, case: Case, key: str) -> None:
    """Tick off what only a slip had asked for; the call that it had ended is to be made again."""
    back = next((one for one in case.taken_back if one.key == key), None)
    case_id = case.invoice.case_id
    gone = [one for one in file.messages if back and one.key in back.keys]
    for message in gone:
        if message.kind is MessageType.CALL_RESULT:
            account.tasks.open_again(case_id, CALLS, message.at)
        for kind in TaskKind:
            account.tasks.finish(str(TaskKey.of(kind, case_id, message.key)), "taken back")


def _new_work(file: CaseFile, case: Case, message: Message, calendar: Calendar) -> Task | None:
    code = code_of(message.reason)
    if code in MISSED:
        return _once_more(file, case, message, calendar)
    if code not in NEW_WORK:
        return None
    kind, title, day = NEW_WORK[code]
    return _plain(case, message, kind, title, calendar.opening(day(message, calendar)))


def _once_more(file: CaseFile, case: Case, message: Message, calendar: Calendar) -> Task | None:
    """Nobody answered: the next working day is tried as well, within the calls of a week (P14)."""
    last = case.last_deed(ActionType.CALL_TASK)
    since = last.at if last else case.invoice.opened_at
    known = {heard.key: heard for heard in (*file.messages, message)}
    tries = missed_in_a_row(known.values(), since)
    if tries >= TRIES or _is_left_alone(file, case, message.at):
        return None
    next_day = calendar.opening(_tomorrow(message, calendar))
    free = free_for_call(file.customer, file.policy, calendar)
    due = due_in_window(calendar, max(next_day, free or next_day))
    return _plain(case, message, TaskKind.CALL, "nobody was reached: call once more", due)


def _is_left_alone(file: CaseFile, case: Case, now: datetime) -> bool:
    """Whether nothing is to be asked for now, or by no telephone."""
    agreed = agreed_until(case)
    held = case.paused or case.with_agency or case.undisputed <= 0
    unwanted = file.customer.human_only or VOICE in file.debtor.opted_out
    return held or unwanted or (agreed is not None and now < agreed)


def _tomorrow(message: Message, calendar: Calendar) -> date:
    return calendar.local_date(message.at) + _A_DAY


def _wished(message: Message, calendar: Calendar) -> date:
    return message.day or _tomorrow(message, calendar)


def _approved(message: Message, calendar: Calendar) -> date:
    return approval_day(message, calendar) + _A_DAY


_NewWork = tuple[TaskKind, str, Callable[[Message, Calendar], date]]

NEW_WORK: Mapping[str, _NewWork] = MappingProxyType(
    {
        CallResult.CALL_BACK: (
            TaskKind.CALL_BACK,
            "the customer asked to be called again",
            _wished,
        ),
        CallResult.WRONG_PERSON: (
            TaskKind.CALL_BACK,
            "somebody else looks after our invoices: find and call the right person",
            _wished,
        ),
        CallResult.IN_APPROVAL: (
            TaskKind.CALL_BACK,
            "has it been approved, and on which day is it paid?",
            _approved,
        ),
        CallResult.PAID_CLAIM: (
            TaskKind.QUESTION,
            "the customer says that it is paid: look for the money, ask for its date and way",
            _tomorrow,
        ),
        CallResult.WRONG_NUMBER: (
            TaskKind.QUESTION,
            "the number that we have is not the customer's: find the right one",
            _tomorrow,
        ),
    }
)
"""By the result of a call: the kind of the new task, what it asks for, and its day."""


def _plain(case: Case, message: Message, kind: TaskKind, title: str, due: datetime) -> Task:
    return Task(
        key=str(TaskKey.of(kind, case.invoice.case_id, message.key)),
        kind=kind,
        case=case.invoice.case_id,
        title=f"{case.invoice.number}: {title}",
        detail=message.note,
        due_at=due,
    )


MOST_LISTED = 50
"""So many late invoices are put into one call, oldest first; the customer's page has all."""

_NAMED = 5


def is_chased_late(session: Session) -> bool:
    """Tell whether an invoice is overdue and asked for now: then a call speaks of it, too.

    Nobody is called about an invoice of which nothing was written yet.
    """
    late = session.calendar.local_date(session.now) > session.case.printed_due
    if not late or session.file.parked:
        return False
    if is_unsaid(session.state.facts, session.file.policy):
        return False
    return not why_not_chased(session.state.facts, session.file.policy, session.now)


def about_these(task: Task, cases: Sequence[str]) -> Task:
    """Make a task about these cases, the first of which it belongs to."""
    changed = replace(task, case=cases[0], also=tuple(cases[1:]))
    if len(cases) == 1:
        return changed
    return replace(changed, title=f"{_numbers(cases)}: {WHAT[task.kind]}")


def drop(account: AccountRepository, case_id: str, kinds: tuple[TaskKind, ...], note: str) -> None:
    """Take a case out of the tasks about it; what is about no other case is ticked off."""
    for task in account.tasks.about(case_id, kinds):
        left = [other for other in task.cases if other != case_id]
        if not left:
            account.tasks.finish(task.key, note)
            continue
        alone = replace(task, title=f"{_numbers(left)}: {WHAT[task.kind]}")
        account.tasks.change(about_these(alone, left))


def _numbers(cases: Sequence[str]) -> str:
    numbers = [CaseId.parse(case_id).number for case_id in cases]
    more = f" and {len(numbers) - _NAMED} more" if len(numbers) > _NAMED else ""
    named = ", ".join(numbers[:_NAMED]) + more
    return named if len(numbers) == 1 else f"{len(numbers)} invoices ({named})"
