"""The desk over HTTP: what waits for a person, and what to know of a customer before a call."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path, Query
from fastapi.responses import JSONResponse
from pydantic import ConfigDict

from activities.ports.stores.tasks import TaskFilter
from domain.ids import CaseId
from domain.parties.tasks import TaskState
from starter.api.dependencies import Asked, Page, cursor, shown_json
from starter.api.errors import no_such
from starter.api.fields import Name, Short, Strict, Text
from starter.api.reading import named_object
from starter.views.call_sheet import whom
from starter.views.customer_sheet import customer_sheet
from starter.views.lines import task_line
from starter.views.plain import plain_value

_Key = Annotated[
    str, Path(description="The task's key; each slash in it is written %2F.", min_length=1)
]
_Customer = Annotated[str, Path(description="Your id of the customer.", min_length=1)]


class TaskQuery(Page):
    """Which tasks are wanted; what is not said means all."""

    status: TaskState = TaskState.OPEN
    kind: Short = ""
    owner: Short = ""
    number: Short = ""


_EXAMPLE: dict[str, Any] = {"by": "ann", "note": "pays on Friday"}


class Finished(Strict):
    """What became of a task."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    by: Name | None = None
    note: Text = ""


def tasks_page(wanted: Annotated[TaskQuery, Query()], ask: Asked) -> JSONResponse:
    """What waits for a person, most urgent first, a page at a time."""
    found = ask.application.tasks.page(
        TaskFilter(
            status=wanted.status,
            creditor=ask.creditor,
            case=str(CaseId(ask.creditor, wanted.number)) if wanted.number else "",
            kind=wanted.kind,
            owner=wanted.owner,
            limit=wanted.limit + 1,
        ),
        wanted.after,
    )
    page = found[: wanted.limit]
    more = cursor(page[-1].task.key) if len(found) > len(page) else None
    return shown_json({"items": [task_line(row) for row in page], "next": more})


def finish(key: _Key, done: Finished, ask: Asked) -> JSONResponse:
    """Tick a task off; ticking it off again changes nothing."""
    tasks = ask.application.tasks
    mine = tasks.show(named_object(key, "task"), ask.creditor)
    after = tasks.done(mine, done.by or ask.somebody, done.note)
    told = {"key": after.task.key, "case": after.task.case or None, "status": after.status}
    return shown_json({**told, "done_at": after.done_at, "done_by": after.done_by})


def show_customer(customer: _Customer, ask: Asked) -> JSONResponse:
    """Everything about a customer, in the order in which a collector asks."""
    found = ask.application.customers.show(ask.creditor, named_object(customer, "customer"))
    return shown_json(customer_sheet(found))


def briefing_of(customer: _Customer, ask: Asked) -> JSONResponse:
    """What to know before calling a customer about all open invoices, and what to ask."""
    files = ask.application.cases.open_files(ask.creditor, named_object(customer, "customer"))
    if not files:
        raise no_such("customer with an open invoice")
    told, script = ask.application.briefings.prepare(files)
    return shown_json(whom(files[0].debtor) | plain_value(told) | {"script": plain_value(script)})
