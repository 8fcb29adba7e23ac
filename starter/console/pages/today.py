"""Today: the customers in the order of their points, and what waits for people."""

from __future__ import annotations

import base64
import binascii
import json
from datetime import UTC, datetime, time, timedelta
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse, RedirectResponse

from activities.ports.stores.console.worklist import (
    WorklistFilter,
    WorklistOrder,
    WorklistView,
)
from domain.errors import DomainError
from domain.parties.console import NOTING
from starter.console.acts.reading import GivenForm, day_of, text_of
from starter.console.security.visit import Visit, Visiting
from starter.console.shown.tongue import noted

WORK_VIEWS = (
    (WorklistView.ALL, noted("All")),
    (WorklistView.TO_DO, noted("To do now")),
    (WorklistView.MINE, noted("Mine")),
    (WorklistView.UNASSIGNED, noted("Unassigned")),
    (WorklistView.SNOOZED, noted("Snoozed")),
    (WorklistView.DONE, noted("Done today")),
)
WORK_ORDERS = (
    (WorklistOrder.SCORE, noted("points")),
    (WorklistOrder.MONEY, noted("money")),
    (WorklistOrder.DAYS, noted("days late")),
)
_MORNING = time(8, 0)
"""When a snoozed customer comes back, on the wall clock of whoever snoozed it."""


def today_pages() -> APIRouter:
    """Make the addresses of the worklist."""
    router = APIRouter()
    router.add_api_route("/", today_page, methods=["GET"])
    router.add_api_route("/snooze", snooze, methods=["POST"])
    return router


def today_page(
    visit: Visiting,
    view: WorklistView = WorklistView.ALL,
    order: WorklistOrder = WorklistOrder.SCORE,
    after: Annotated[str, Query(max_length=400)] = "",
) -> HTMLResponse:
    """Show one page of the worklist."""
    worklist = visit.services.worklist
    page = worklist.page(_wanted(visit, view, order, after))
    return visit.page(
        "today.html",
        title=visit.gettext("Today"),
        here="today",
        rows=page.rows,
        next=_cursor(page.after),
        first=not after,
        view=view,
        views=WORK_VIEWS,
        order=order,
        orders=WORK_ORDERS,
        mine=visit.services.views.list(visit.creditor, visit.person.name),
        waiting=worklist.waiting(visit.creditor),
        questions=len(visit.application.tasks.of_the_installation()) if visit.is_chief else 0,
        tomorrow=_tomorrow(visit),
    )


def _wanted(visit: Visit, view: WorklistView, order: WorklistOrder, after: str) -> WorklistFilter:
    """The page that is asked for, as this person's day goes."""
    return WorklistFilter(
        creditor=visit.creditor,
        view=view,
        order=order,
        person=visit.person.name,
        now=visit.now,
        today=visit.day_began.astimezone(UTC),
        after=_place(after),
    )


def snooze(form: GivenForm, visit: Visiting) -> RedirectResponse:
    """Hide a customer until a morning, or show it again."""
    visit.needs(NOTING)
    day, customer = day_of(form, "until"), text_of(form, "customer")
    if not day and not text_of(form, "now"):
        raise DomainError("choose the day on which it comes back", field="until")
    until = datetime.combine(day, _MORNING, visit.zone).astimezone(UTC) if day else None
    visit.services.worklist.snooze(visit.creditor, customer, until, visit.person.name)
    return visit.back_to("/" if until else "/?view=snoozed")


def _tomorrow(visit: Visit) -> str:
    return (visit.now.astimezone(visit.zone).date() + timedelta(days=1)).isoformat()


def _cursor(after: tuple[int, str] | None) -> str:
    return base64.urlsafe_b64encode(json.dumps(after).encode()).decode() if after else ""


def _place(cursor: str) -> tuple[int, str] | None:
    """Where the page before ended; the first page for whatever is no such place."""
    try:
        points, customer = json.loads(base64.b64decode(cursor, b"-_", validate=True))
    except (binascii.Error, ValueError, TypeError):
        return None
    is_place = isinstance(points, int) and isinstance(customer, str) and "\0" not in customer
    return (points, customer) if is_place and abs(points) < 10**9 else None
