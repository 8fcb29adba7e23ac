"""Coming in and leaving: the one-time link, the sign-in page, the way out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from starter.api.auth import address_of
from starter.console.acts.reading import GivenForm, text_of
from starter.console.security.visit import (
    ConsoleParts,
    Visiting,
    parts_of,
    tongue_of_browser,
)

Shared = Annotated[ConsoleParts, Depends(parts_of)]


def entering() -> APIRouter:
    """Make the addresses that need no session."""
    router = APIRouter()
    router.add_api_route("/enter/{secret}", invitation_page, methods=["GET"])
    router.add_api_route("/enter/{secret}", enter_by_link, methods=["POST"])
    router.add_api_route("/leave", leave_console, methods=["POST"])
    return router


def invitation_page(secret: str, request: Request, parts: Shared) -> HTMLResponse:
    """Show whom a link is for; looking at it uses nothing up, since scanners open links."""
    person = None
    if not parts.guesses.wait(address_of(request)):
        person = parts.services.access.invited(secret)
    if person is None:
        return _opens_nothing(request, parts)
    tongue = tongue_of_browser(request)
    title = tongue.gettext("Come in")
    return parts.show(tongue, "enter.html", title=title, person=person, secret=secret)


def enter_by_link(secret: str, form: GivenForm, request: Request, parts: Shared) -> Response:
    """Open a session, once."""
    entered = None
    if not parts.guesses.wait(address_of(request)):
        entered = parts.services.access.accept(secret, text_of(form, "zone"))
    if entered is None:
        return _opens_nothing(request, parts)
    return parts.signed_in(RedirectResponse("/", status_code=303), entered.session)


def leave_console(visit: Visiting) -> Response:
    """End the session, here and in the ledger."""
    parts = visit.parts
    parts.services.access.leave(visit.request.cookies.get(parts.cookie, ""))
    answer = visit.back_to("/sign-in")
    answer.delete_cookie(parts.cookie, path="/", secure=parts.secure, httponly=True)
    return answer


def _opens_nothing(request: Request, parts: ConsoleParts) -> HTMLResponse:
    parts.guesses.take(address_of(request))
    tongue = tongue_of_browser(request)
    return parts.show(
        tongue, "link_over.html", 404, title=tongue.gettext("This link opens nothing")
    )
