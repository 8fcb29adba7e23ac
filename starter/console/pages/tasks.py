"""Tasks: what waits for people, the most urgent first; taken and done."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse, RedirectResponse

from activities.ports.stores.tasks import TaskFilter, TaskRow
from domain.ids import CaseId
from domain.parties.console import NOTING
from domain.parties.tasks import TaskKind
from starter.console.acts.reading import GivenForm, text_of
from starter.console.security.visit import Visit, Visiting
from starter.console.shown.addresses import case_address

_PAGE = 50
_Word = Annotated[str, Query(max_length=400)]


def task_pages() -> APIRouter:
    """Make the addresses of tasks."""
    router = APIRouter()
    router.add_api_route("/tasks", waiting_page, methods=["GET"])
    router.add_api_route("/task/done", finish_by_form, methods=["POST"])
    router.add_api_route("/task/undo", undo_by_form, methods=["POST"])
    router.add_api_route("/task/take", take_by_form, methods=["POST"])
    return router


def waiting_page(
    visit: Visiting, kind: _Word = "", owner: _Word = "", after: _Word = ""
) -> HTMLResponse:
    """Show what waits for people, most urgent first."""
    known = kind if kind in list(TaskKind) else ""
    wanted = TaskFilter(creditor=visit.creditor, kind=known, owner=owner, limit=_PAGE + 1)
    found = visit.application.tasks.page(wanted, after)
    cases = sorted({row.task.case for row in found if row.task.case})
    return visit.page(
        "tasks.html",
        title=visit.gettext("Tasks"),
        here="tasks",
        rows=found[:_PAGE],
        whose={row.case_id: row for row in visit.application.cases.rows(cases)},
        next=found[_PAGE - 1].task.key if len(found) > _PAGE else "",
        kind=known,
        kinds=list(TaskKind),
        owner=owner,
        fresh=visit.application.tasks.fresh(visit.creditor, visit.person.name),
    )


def finish_by_form(form: GivenForm, visit: Visiting) -> RedirectResponse:
    """Tick a task off, with what came of it."""
    visit.needs(NOTING)
    row = _task_of(form, visit)
    visit.application.tasks.done(row, visit.person.name, text_of(form, "note"))
    return _back(visit, row)


def undo_by_form(form: GivenForm, visit: Visiting) -> RedirectResponse:
    """Open a task again that the same person ticked off by mistake."""
    visit.needs(NOTING)
    row = _task_of(form, visit)
    visit.application.tasks.undo(row, visit.person.name)
    return _back(visit, row)


def take_by_form(form: GivenForm, visit: Visiting) -> RedirectResponse:
    """Take a task, from whoever has it."""
    visit.needs(NOTING)
    row = _task_of(form, visit)
    visit.application.tasks.take(row.task.key, visit.person.name)
    return _back(visit, row)


def _task_of(form: GivenForm, visit: Visit) -> TaskRow:
    return visit.application.tasks.show(text_of(form, "key"), visit.creditor)


def _back(visit: Visit, row: TaskRow) -> RedirectResponse:
    """To the case where there is one; its customer's points are made anew."""
    case = visit.application.cases.row(row.task.case) if row.task.case else None
    if case is None:
        return visit.back_to("/tasks")
    visit.services.worklist.refresh_customer(visit.creditor, case.customer)
    return visit.back_to(case_address(CaseId.parse(row.task.case).number))
