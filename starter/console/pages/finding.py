"""Search and help."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from starter.console.security.visit import Visiting


def finding_pages() -> APIRouter:
    """Make the addresses of the search and of the help."""
    router = APIRouter()
    router.add_api_route("/search", search_page, methods=["GET"])
    router.add_api_route("/help", help_page, methods=["GET"])
    return router


def search_page(visit: Visiting, q: Annotated[str, Query(max_length=200)] = "") -> HTMLResponse:
    """Show the customers and invoices that a search finds."""
    found = visit.services.looking.search(visit.creditor, q)
    title = visit.gettext("Search")
    return visit.page("search.html", title=title, here="", found=found, sought=q.strip())


def help_page(visit: Visiting) -> HTMLResponse:
    """Explain the keys and the points."""
    order = visit.services.worklist.order_of(visit.creditor)
    return visit.page("help.html", title=visit.gettext("Keys and points"), here="", rules=order)
