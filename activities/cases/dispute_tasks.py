"""Tasks about disputes: who does what by when, and when it is done with."""

from __future__ import annotations

from dataclasses import replace

from activities.cases.call_tasks import after_taking_back, after_the_call
from activities.ports.ports import AccountRepository
from activities.ports.types import CaseFile, Task
from domain.calendar import Calendar
from domain.calls.results import code_of
from domain.case.agreement_types import Dispute
from domain.case.model import Case, Message
from domain.decision.rules_disputes import contested_sum
from domain.disputes.reducer import MAY_SETTLE
from domain.message_types import MessageType
from domain.parties.tasks import TaskKey, TaskKind
from domain.policy.model import MAJOR_REASONS, Policy

DISPUTES = (TaskKind.DISPUTE, TaskKind.FIX, TaskKind.OFFER)
"""Kinds of tasks that only make sense while something is open."""

FIXES = {
    "invoice_not_received": "send the invoice again, and ask whether it has arrived",
    "invoice_error": "correct the invoice and send it again",
    "payment_method": "offer another way to pay",
    "missing_information": "send what is missing",
}
"""What puts each minor reason right (P41)."""


def lay_out(
    account: AccountRepository, file: CaseFile, case: Case, message: Message, calendar: Calendar
) -> None:
    """Make the tasks, once, that a message asks for, and tick off those that it settles."""
    if message.kind is MessageType.CALL_RESULT:
        after_the_call(account, file, case, message, calendar)
    if message.kind is MessageType.TAKEN_BACK:
        after_taking_back(account, file, case, message.key)
    for dispute in (one for one in case.disputes if one.key == message.key):
        owner = dispute.owner or account.tasks.whose_turn(message.by)
        new = _task(case, dispute, file.policy, calendar)
        account.tasks.add(replace(new, owner=owner))
    for dispute in case.settled_disputes if message.kind in MAY_SETTLE else ():
        account.tasks.finish(_key(case, dispute), dispute.ended or "settled")


def _key(case: Case, dispute: Dispute) -> str:
    return str(TaskKey.of(TaskKind.DISPUTE, case.invoice.case_id, dispute.key))


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


def _plea(dispute: Dispute, policy: Policy) -> tuple[TaskKind, str]:
    """The kind of the task and what it asks for; free words stay out of titles."""
    if dispute.is_hardship:
        terms = policy.agreements
        return TaskKind.OFFER, (
            "the customer cannot pay: offer an extension "
            f"(up to {terms.longest_promise_days} days) or a plan "
            f"(up to {terms.longest_plan_days} days), no pressure"
        )
    named = dispute.reason.replace("_", " ")
    if dispute.is_minor:
        return TaskKind.FIX, f"{named}: {FIXES.get(dispute.reason, 'put it right')}"
    about = f" ({named})" if code_of(dispute.reason) in MAJOR_REASONS else ""
    return TaskKind.DISPUTE, f"contested{about}: settle it with the customer"
