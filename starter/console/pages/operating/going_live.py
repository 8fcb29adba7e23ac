"""What leaves within a day, by customer and in total, before it leaves; and what fails."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from starter.console.security.visit import Visiting


def going_live_pages() -> APIRouter:
    """Make the address of what leaves."""
    router = APIRouter()
    router.add_api_route("/operation/leaving", leaving_page, methods=["GET"])
    return router


def leaving_page(visit: Visiting) -> HTMLResponse:
    """Show for whom something leaves within a day, with totals."""
    return visit.page(
        "operating/leaving.html",
        title=visit.gettext("What leaves"),
        here="operation",
        leaving=visit.services.running.leaving(visit.creditor),
        live=visit.application.settings.live,
    )
