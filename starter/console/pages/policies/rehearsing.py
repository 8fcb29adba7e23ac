"""Two policies over the creditor's own invoices of the last year, side by side."""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from activities.ports.stores.cases import CaseFilter, CaseRow
from activities.ports.types import CaseFile
from domain.parties.console import CHIEFS
from starter.console.acts.reading import GivenForm
from starter.console.pages.policies.choosing import policy_of
from starter.console.security.visit import Visit, Visiting
from starter.rehearsal.own_history import rehearse_both

REHEARSED = 500
"""Invoices that are rehearsed at most."""

WINDOWS = (365, 180, 90, 30, 14, 7)
"""Days back from today: the longest in which no more invoices were due."""

SHOWN_CUSTOMERS = 100


def rehearsing_pages() -> APIRouter:
    """Make the address of the rehearsal."""
    router = APIRouter()
    router.add_api_route("/policies/rehearse", rehearse_by_form, methods=["POST"])
    return router


def rehearse_by_form(form: GivenForm, visit: Visiting) -> HTMLResponse:
    """Show what two policies would have done; nothing is sent or changed."""
    visit.needs(CHIEFS)
    first, second = (policy_of(visit, form, name).policy for name in ("first", "second"))
    files, days = _own_cases(visit)
    found = rehearse_both(files, first, second, visit.now.date())
    return visit.page(
        "policies/rehearsed.html",
        title=visit.gettext("Two policies side by side"),
        here="policies",
        first=first,
        second=second,
        found=found,
        channels=sorted({*found.first.messages, *found.second.messages}),
        days=days,
        most=SHOWN_CUSTOMERS,
    )


def _own_cases(visit: Visit) -> tuple[list[CaseFile], int]:
    """The cases that were due in the last days, and how many days those are."""
    today, days = visit.now.date(), 0
    rows: tuple[CaseRow, ...] = ()
    for days in WINDOWS:
        begin = today - timedelta(days=days)
        wanted = CaseFilter(
            creditor=visit.creditor, due_from=begin, due_until=today, limit=REHEARSED + 1
        )
        rows = visit.application.cases.list(wanted)
        if len(rows) <= REHEARSED:
            break
    ids = sorted(row.case_id for row in rows[:REHEARSED])
    return list(visit.application.cases.files(ids)), days
