"""Passkeys: made by whoever is inside, so that the next time needs no link."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from activities.ports.stores.console.access import Passkey
from adapters.passkeys.ceremonies import (
    PasskeyRefusedError,
    VisitedHost,
    ask_for_any,
    ask_for_new,
    id_of_answer,
    made,
    opened_by,
)
from domain.errors import DomainError
from domain.parties.console import ConsolePerson
from starter.api.auth import address_of
from starter.console.acts.reading import GivenForm, text_of
from starter.console.pages.entering import Shared
from starter.console.security.origin import hostname
from starter.console.security.visit import ConsoleParts, Visiting, tongue_of_browser
from starter.console.shown.tongue import noted
from starter.page.words import NAMES


def passkey_pages() -> APIRouter:
    """Make the addresses of a person's own access."""
    router = APIRouter()
    router.add_api_route("/sign-in", sign_in_page, methods=["GET"])
    router.add_api_route("/passkey/enter", enter_by_passkey, methods=["POST"])
    router.add_api_route("/me", own_access_page, methods=["GET"])
    router.add_api_route("/passkey/make", make_passkey, methods=["POST"])
    router.add_api_route("/me/language", read_in_language, methods=["POST"])
    return router


def sign_in_page(request: Request, parts: Shared) -> HTMLResponse:
    """Ask for a passkey, where the browser has one; else say how to come in."""
    return sign_in_again(request, parts, 200, "")


def enter_by_passkey(form: GivenForm, request: Request, parts: Shared) -> Response:
    """Open a session for whoever owns the passkey that signed our question."""
    try:
        key, person, used = _proved(form, request, parts)
    except PasskeyRefusedError:
        parts.guesses.take(address_of(request))
        return sign_in_again(request, parts, 403, noted("That passkey opens nothing here."))
    session = parts.services.access.enter_by_passkey(key, person, used)
    return parts.signed_in(RedirectResponse("/", status_code=303), session)


def _proved(
    form: GivenForm, request: Request, parts: ConsoleParts
) -> tuple[Passkey, ConsolePerson, int]:
    """Which passkey signed our question, whose it is, and how often it was used."""
    challenge, answer = parts.questions.take(text_of(form, "question")), text_of(form, "answer")
    if challenge is None or parts.guesses.wait(address_of(request)):
        raise PasskeyRefusedError
    found = parts.services.access.passkey(id_of_answer(answer))
    if found is None:
        raise PasskeyRefusedError
    return *found, opened_by(answer, challenge, found[0], visited_host(request, parts))


def own_access_page(visit: Visiting) -> HTMLResponse:
    """Show a person's own passkeys, and offer to make one."""
    parts, place = visit.parts, visited_host(visit.request, visit.parts)
    known = visit.services.access.passkeys(visit.person)
    asked = ask_for_new(visit.person, known, place)
    return visit.page(
        "me.html",
        title=visit.gettext("Your access"),
        here="",
        known=known,
        options=asked.options,
        question=parts.questions.remember(asked.challenge),
        session=visit.session,
        languages=tuple(NAMES.items()),
    )


def make_passkey(form: GivenForm, visit: Visiting) -> RedirectResponse:
    """Keep the public half of a passkey that the person's browser made."""
    if visit.person.subject:
        raise DomainError("you come in by your company's sign-in, which alone ends it as well")
    challenge = visit.parts.questions.take(text_of(form, "question"))
    place = visited_host(visit.request, visit.parts)
    try:
        key = made(text_of(form, "answer"), challenge or b"", visit.person, place)
    except PasskeyRefusedError:
        raise DomainError("the browser made no passkey; try again", field="answer") from None
    visit.services.access.add_passkey(key)
    return visit.back_to("/me")


def read_in_language(form: GivenForm, visit: Visiting) -> RedirectResponse:
    """Keep in which language a person reads; anybody may, for it is theirs alone."""
    language = text_of(form, "language")
    if language and language not in NAMES:
        raise DomainError("choose one of the languages", field="language")
    visit.services.access.choose_language(visit.person, language)
    return visit.back_to("/me")


def visited_host(request: Request, parts: ConsoleParts) -> VisitedHost:
    """Find where a browser must have been: at the very address that it asked, which we know."""
    host = request.headers.get("host", "")
    scheme = "https" if parts.secure else "http"
    return VisitedHost(host=hostname(host), origin=f"{scheme}://{host}")


def sign_in_again(request: Request, parts: ConsoleParts, status: int, problem: str) -> HTMLResponse:
    """Show the sign-in page, with what was the matter."""
    asked, tongue = ask_for_any(visited_host(request, parts)), tongue_of_browser(request)
    return parts.show(
        tongue,
        "sign_in.html",
        status,
        title=tongue.gettext("Sign in"),
        options=asked.options,
        question=parts.questions.remember(asked.challenge),
        problem=problem,
        by_provider=parts.provider is not None,
    )
