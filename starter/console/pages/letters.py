"""A letter before it leaves: as the customer would read it, in any language and tone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from activities.ports.letter_data import Letter
from activities.ports.stores.errors import NotKnownError, Sought
from activities.ports.types import CaseFile, LetterError
from activities.services.previews import PreviewRequest
from domain.errors import DomainError
from starter.console.acts.acting import case_of
from starter.console.security.visit import Visit, Visiting

CHOICES = {
    "language": ("", "en", "de", "fr", "it", "ro", "sv", "es", "pl", "nl", "ru"),
    "tone": ("", "warm", "friendly", "clear", "firm", "final"),
    "channel": ("", "email", "sms", "voice", "paper"),
}
"""How a letter may be read otherwise than it would be sent; empty: as it would be."""


def letter_pages() -> APIRouter:
    """Make the address of letters to come."""
    router = APIRouter()
    router.add_api_route("/letters/{number:path}", letter_page, methods=["GET"])
    return router


def letter_page(number: str, visit: Visiting) -> HTMLResponse:
    """Show a letter as it would be written now; nothing is sent by looking."""
    row = case_of(visit, number)
    file = visit.application.cases.file(row.case_id)
    if file is None:
        raise NotKnownError(Sought.CASE, "there is no such invoice")
    wish = _wish(visit.request.query_params)
    letter, problem = _written(visit, file, wish)
    return visit.page(
        "letter.html",
        title=visit.gettext("A letter"),
        here="",
        number=row.number,
        debtor=file.debtor,
        letter=letter,
        problem=problem,
        wish=wish,
        choices=tuple(CHOICES.items()),
    )


def _wish(asked: Mapping[str, str]) -> PreviewRequest:
    """What is asked for; what there is not is left aside."""
    told = {name: asked.get(name, "") for name in CHOICES}
    known: dict[str, Any] = {name: value for name, value in told.items() if value in CHOICES[name]}
    return PreviewRequest(step=asked.get("step", "")[:100], **known)


def _written(visit: Visit, file: CaseFile, wish: PreviewRequest) -> tuple[Letter | None, str]:
    """The letter, or why none is written."""
    try:
        return visit.application.letter_previews.write(file, visit.now, wish), ""
    except (DomainError, LetterError) as error:
        return None, str(error)
