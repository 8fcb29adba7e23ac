"""What stands somewhere: promises and plans, disputes, pauses, the agency's cases, credit."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from domain.agreements.text import agreement_values
from domain.message_types import Stage
from starter.console.security.visit import Visiting
from starter.console.shown.tongue import noted

CREDIT = "credit"
STANDINGS = (
    (Stage.PROMISED, noted("Promises and plans")),
    (Stage.DISPUTED, noted("Disputes")),
    (Stage.PAUSED, noted("Paused")),
    (Stage.WITH_AGENCY, noted("With the agency")),
    (CREDIT, noted("Credit")),
)


def agreement_pages() -> APIRouter:
    """Make the address of the lists by date."""
    router = APIRouter()
    router.add_api_route("/agreements", standing_page, methods=["GET"])
    return router


def standing_page(
    visit: Visiting,
    of: Annotated[str, Query(max_length=20)] = Stage.PROMISED,
    after: Annotated[str, Query(max_length=400)] = "",
) -> HTMLResponse:
    """Show one list by date, each line with its state and who looks after it."""
    known = of if of in {code for code, _ in STANDINGS} else Stage.PROMISED
    standing, now = visit.services.standing, visit.now
    cases, then = (
        ((), "") if known == CREDIT else standing.page(visit.creditor, Stage(known), after)
    )
    held = standing.held(visit.creditor, after) if known == CREDIT else ()
    return visit.page(
        "agreements.html",
        title=visit.gettext("Agreements"),
        here="agreements",
        of=known,
        standings=STANDINGS,
        cases=cases,
        held=held,
        agreed={
            one.file.invoice.case_id: tuple(agreement_values(one.state.case, now)) for one in cases
        },
        next=then,
    )
