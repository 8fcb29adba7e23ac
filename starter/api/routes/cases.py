"""Routes for looking at cases: a list by due date, one as it stands, why, and a preview."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from activities.ports.stores.cases import CaseFilter
from domain.ids import CaseId
from domain.intake.reading import read_day
from domain.message_types import Stage
from starter.api.dependencies import Asked, Number, Page, cursor, shown_json
from starter.api.fields import Day, Short
from starter.views.case_sheet import case_sheet, deeds_done, planned_line, reasons
from starter.views.lines import case_line


class CaseQuery(Page):
    """Which cases are wanted; what is not said means all."""

    customer: Short = ""
    stage: Stage | None = None
    due_from: Annotated[Day | None, Field(description="Due on that day or later.")] = None
    due_until: Annotated[Day | None, Field(description="Due on that day or before.")] = None
    open_only: Annotated[bool, Field(description="Leave out what has ended.")] = False


def cases_page(wanted: Annotated[CaseQuery, Query()], ask: Asked) -> JSONResponse:
    """Cases by due date, a page at a time."""
    after = wanted.after
    found = ask.application.cases.list(
        CaseFilter(
            creditor=ask.creditor,
            customer=wanted.customer,
            stage=wanted.stage or "",
            open_only=wanted.open_only,
            due_from=read_day(wanted.due_from) if wanted.due_from else None,
            due_until=read_day(wanted.due_until) if wanted.due_until else None,
            limit=wanted.limit + 1,
            after=str(CaseId(ask.creditor, after)) if after else "",
        ),
    )
    page = found[: wanted.limit]
    more = cursor(page[-1].number) if len(found) > len(page) else None
    return shown_json({"items": [case_line(row) for row in page], "next": more})


def show_case(number: Number, ask: Asked) -> JSONResponse:
    """Everything about a case: money, agreements, what was said and done, what comes next."""
    return shown_json(case_sheet(ask.application, ask.view(number)))


def why_case(number: Number, ask: Asked) -> JSONResponse:
    """What a case does next and why, and each thing it did, with its reason."""
    view = ask.view(number)
    return shown_json({**reasons(view), "done": deeds_done(view)})


class Ahead(BaseModel):
    """How far to look ahead."""

    model_config = ConfigDict(extra="forbid")

    limit: Annotated[int, Field(ge=1, le=100, description="At most so many steps.")] = 12


def preview_case(number: Number, wanted: Annotated[Ahead, Query()], ask: Asked) -> JSONResponse:
    """What will happen to a case if nobody says another word, by the rules that decide."""
    view = ask.view(number)
    coming = ask.application.previews.ahead(view.file, view.now, wanted.limit)
    steps = [planned_line(view, one) for one in coming]
    why = view.state.next_action.why_at(view.now)
    return shown_json({"case": view.case.invoice.case_id, "items": steps, "why": why})
