"""The letters of a case as they left: what the customer read."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from starter.console.acts.acting import case_of
from starter.console.security.visit import Visiting
from starter.views.sent_letters import sent_letter_sheet


def sent_letter_pages() -> APIRouter:
    """Make the address of the letters that left."""
    router = APIRouter()
    router.add_api_route("/sent/{number:path}", sent_letters_page, methods=["GET"])
    return router


def sent_letters_page(number: str, visit: Visiting) -> HTMLResponse:
    """Show all letters about a case word for word, the newest first."""
    row = case_of(visit, number)
    letters = visit.application.letter_desk.sent.about(row.case_id)
    file = visit.application.cases.file(row.case_id)
    return visit.page(
        "sent_letters.html",
        title=visit.gettext("What the customer read"),
        here="",
        number=row.number,
        customer=row.customer,
        debtor=file.debtor if file else None,
        letters=[sent_letter_sheet(one) for one in reversed(letters)],
    )
