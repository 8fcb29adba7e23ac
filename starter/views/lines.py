"""Cases and tasks as lines of a list: the fields that programs may rely on."""

from __future__ import annotations

from typing import Any

from activities.ports.stores.cases import CaseRow
from activities.ports.stores.tasks import TaskRow
from domain.evidence.received import ReceivedFile
from domain.parties.sources import Believed

SUMS = (
    *("amount", "paid", "credited", "written_off", "disputed", "surplus", "open"),
    "costs_left",
)


def case_line(row: CaseRow) -> dict[str, Any]:
    """Show a case as a line of a list."""
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


def received_file(one: ReceivedFile) -> dict[str, Any]:
    """Show a file that came with an answer: kept as evidence of the case, or why not."""
    return {
        "name": one.name,
        "media_type": one.media_type,
        "size": one.size,
        "sha256": one.sha256,
        "fate": one.fate.value,
    }


def task_line(row: TaskRow) -> dict[str, Any]:
    """Show a task as a line of a list."""
    task = row.task
    return {
        "key": task.key,
        "kind": task.kind,
        "case": task.case or None,
        "also": list(task.also),
        "title": task.title,
        "detail": task.detail,
        "owner": task.owner,
        "due_at": task.due_at,
        "status": row.status,
        "done_at": row.done_at,
        "done_by": row.done_by,
        "done_note": row.done_note,
        "passed_on": row.passed_on,
        "suggestions": task.suggestions,
    }


def about_contact(unreachable: str, believed: Believed) -> dict[str, Any]:
    """What whoever opens a case should know about its customer, where there is anything."""
    told = {
        "unreachable": unreachable,
        "contradictions": [
            {"field": one.field, "kept": one.kept, "kept_by": one.kept_by, "given": one.given}
            for one in believed.contradictions
        ],
    }
    return {name: value for name, value in told.items() if value}


def _next(row: CaseRow) -> str:
    if row.outcome or row.next_do == "wait":
        return row.outcome or "wait"
    return row.next_step or row.next_do
