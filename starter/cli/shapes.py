"""What commands show of cases, answers and tasks: the fields that programs may rely on."""

from __future__ import annotations

from typing import Any

from activities.papers import ConflictError
from adapters.ledger.views import CaseRow, TaskRow
from domain.wire import Answer
from starter.cli.ending import RefusedError
from starter.cli.output import Format, show_one

ANOTHER = "was used before with other content"
"""How the ledger words a conflict; an answer carries words only."""

CASE_COLUMNS = ("case", "customer", "due", "amount", "open", "currency", "stage", "next", "next_at")
SUMS = (
    *("amount", "paid", "credited", "written_off", "disputed", "surplus", "open"),
    "costs_left",
)
TASK_COLUMNS = ("key", "kind", "title", "owner", "due_at")


def case_line(row: CaseRow) -> dict[str, Any]:
    """A case as a line of a list."""
    return {
        "case": row.case_id,
        "customer": row.customer,
        "customer_name": row.customer_name,
        "number": row.number,
        "issued": row.issued,
        "due": row.due,
        "currency": row.amount.currency,
        **{name: getattr(row, name) for name in SUMS},
        "policy": row.policy,
        "stage": row.stage,
        "outcome": row.outcome or None,
        "episode": row.episode,
        "next": _next(row),
        "next_at": row.next_at,
        "why": row.next_why,
        "settled_at": row.settled_at,
        "parked": row.parked,
    }


def task_line(row: TaskRow) -> dict[str, Any]:
    """A task as a line of a list."""
    task = row.task
    return {
        "key": task.key,
        "kind": task.kind,
        "case": task.case or None,
        "title": task.title,
        "detail": task.detail,
        "owner": task.owner,
        "due_at": task.due_at,
        "status": row.status,
        "done_at": row.done_at,
        "done_by": row.done_by,
        "done_note": row.done_note,
        "passed_on": row.passed_on,
    }


def show_answer(case_id: str, answer: Answer, output: Format) -> None:
    """What the sender of a message is told.

    Raises:
        RefusedError: if it was refused, with the reason.
        ConflictError: if its id was used before with other content.
    """
    told = {
        "case": case_id,
        "accepted": answer.accepted,
        "text": answer.text,
        "check_at": answer.check_at,
        "plan_b": answer.plan_b or None,
    }
    show_one(told, output)
    refuse(answer)


def refuse(answer: Answer) -> None:
    """End the command where the answer is no.

    Raises:
        RefusedError: with the reason.
        ConflictError: if the message's id was used before with other content.
    """
    if ANOTHER in answer.text and not answer.accepted:
        raise ConflictError(answer.text)
    if not answer.accepted:
        raise RefusedError(f"refused: {answer.text}")


def _next(row: CaseRow) -> str:
    if row.outcome or row.next_do == "wait":
        return row.outcome or "wait"
    return row.next_step or row.next_do
