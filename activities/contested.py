"""What a dispute or a call puts on the desk: who does what by when, and when it is done with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from types import MappingProxyType

from activities.papers import CaseFile, Task
from activities.ports import Book
from domain.agreed import Dispute
from domain.calendar import Calendar
from domain.call_meaning import approval_day
from domain.calls import (
    CALL_BACK,
    IN_APPROVAL,
    PAID_CLAIM,
    WRONG_NUMBER,
    WRONG_PERSON,
    code_of,
)
from domain.case import Case, Message
from domain.disputing import MAY_SETTLE
from domain.kinds import Kind
from domain.policy import Policy
from domain.policy_terms import MAJOR_REASONS
from domain.rules_disputes import contested_sum

A_DAY = timedelta(days=1)
DISPUTES = ("dispute", "fix", "offer")
"""Kinds of tasks that only make sense while something is open."""

CALLS = ("call", CALL_BACK)

FIXES = {
    "invoice_not_received": "send the invoice again, and ask whether it has arrived",
    "invoice_error": "correct the invoice and send it again",
    "payment_method": "offer another way to pay",
    "missing_information": "send what is missing",
}
"""What puts each minor reason right (P41)."""


def lay_out(book: Book, file: CaseFile, case: Case, message: Message, calendar: Calendar) -> None:
    """Put on the desk what a message asks for that counts from now on, once."""
    if message.kind is Kind.CALL_RESULT:
        _after_the_call(book, case, message, calendar)
    for dispute in case.disputes:
        if dispute.key == message.key:
            owner = dispute.owner or book.whose_turn(message.by)
            new = _task(case, dispute, file.policy, calendar)
            book.add_task(replace(new, owner=owner))
    if message.kind not in MAY_SETTLE:
        return
    for dispute in case.settled_disputes:
        book.finish_task(_key(case, dispute), dispute.ended or "settled")


def _key(case: Case, dispute: Dispute) -> str:
    return f"dispute/{case.invoice.case_id}/{dispute.key}"


def _task(case: Case, dispute: Dispute, policy: Policy, calendar: Calendar) -> Task:
    kind, plea = _plea(dispute, policy)
    return Task(
        key=_key(case, dispute),
        kind=kind,
        case=case.invoice.case_id,
        title=f"{case.invoice.number}, {contested_sum(case, dispute)}: {plea}",
        detail=dispute.reason,
        due_at=calendar.opening(dispute.deadline) if dispute.deadline else None,
    )


def _plea(dispute: Dispute, policy: Policy) -> tuple[str, str]:
    """The kind of the task and what it asks for; free words stay out of titles."""
    if dispute.is_hardship:
        terms = policy.agreements
        return "offer", (
            "the customer cannot pay: offer an extension "
            f"(up to {terms.longest_promise_days} days) or a plan "
            f"(up to {terms.longest_plan_days} days), no pressure"
        )
    named = dispute.reason.replace("_", " ")
    if dispute.is_minor:
        return "fix", f"{named}: {FIXES.get(dispute.reason, 'put it right')}"
    about = f" ({named})" if code_of(dispute.reason) in MAJOR_REASONS else ""
    return "dispute", f"contested{about}: settle it with the customer"


def _after_the_call(book: Book, case: Case, message: Message, calendar: Calendar) -> None:
    """The call is made; what it asked for is new work."""
    code, case_id = code_of(message.reason), case.invoice.case_id
    book.finish_tasks(case_id, CALLS, code)
    more = NEW_WORK.get(code)
    if more and not case.outcome:
        kind, title, day = more
        new = _plain(case, message, kind, title, calendar.opening(day(message, calendar)))
        book.add_task(replace(new, owner=book.whose_turn(message.by)))


def _tomorrow(message: Message, calendar: Calendar) -> date:
    return calendar.local_date(message.at) + A_DAY


def _wished(message: Message, calendar: Calendar) -> date:
    return message.day or _tomorrow(message, calendar)


def _approved(message: Message, calendar: Calendar) -> date:
    return approval_day(message, calendar) + A_DAY


NEW_WORK: Mapping[str, tuple[str, str, Callable[[Message, Calendar], date]]] = MappingProxyType(
    {
        CALL_BACK: (CALL_BACK, "the customer asked to be called again", _wished),
        WRONG_PERSON: (
            CALL_BACK,
            "somebody else looks after our invoices: find and call the right person",
            _wished,
        ),
        IN_APPROVAL: (CALL_BACK, "has it been approved, and on which day is it paid?", _approved),
        PAID_CLAIM: (
            "question",
            "the customer says that it is paid: look for the money, ask for its date and way",
            _tomorrow,
        ),
        WRONG_NUMBER: (
            "question",
            "the number that we have is not the customer's: find the right one",
            _tomorrow,
        ),
    }
)
"""By the result of a call: the kind of the new task, what it asks for, and its day."""


def _plain(case: Case, message: Message, kind: str, title: str, due: datetime) -> Task:
    return Task(
        key=f"{kind}/{case.invoice.case_id}/{message.key}",
        kind=kind,
        case=case.invoice.case_id,
        title=f"{case.invoice.number}: {title}",
        detail=message.note,
        due_at=due,
    )
