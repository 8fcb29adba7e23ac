"""A new case of a customer whom nobody can write to: a person is asked at once (P01)."""

from __future__ import annotations

from activities.cases.session import Session
from activities.ports.types import Task
from domain.contact.missing import why_unreachable
from domain.parties.tasks import TaskKey, TaskKind, TaskTopic


def ask_for_contact(session: Session) -> None:
    """Put a question on the desk if no message can reach the customer, once for each customer.

    Where it was answered before and nobody can be reached again, it is asked anew.
    Customers who must not be contacted are left to people anyway.
    """
    file = session.file
    why = why_unreachable(file.debtor, file.policy)
    if not why or file.customer.do_not_contact:
        return
    invoice = file.invoice
    session.account.tasks.ask(
        Task(
            key=str(TaskKey.of(TaskTopic.UNREACHABLE, invoice.creditor, invoice.customer)),
            kind=TaskKind.QUESTION,
            case=session.case_id,
            title=f"{why}: find out how to reach them",
            due_at=session.now,
        )
    )
