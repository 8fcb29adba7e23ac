"""To the company's OpenID provider and back, as one of its people."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from adapters.oidc.issuer import IssuerAwayError, SignedInPerson, TokenRefusedError
from adapters.oidc.sign_in import OpenIdSignIn
from domain.errors import DomainError
from domain.parties.console import person_by_groups
from starter.api import access_log
from starter.api.auth import address_of
from starter.console.pages.entering import Shared
from starter.console.pages.passkeys import sign_in_again, visited_host
from starter.console.security.visit import ConsoleParts
from starter.console.shown.tongue import noted

_BACK = "/oidc/done"
_MINUTES = 600
_Told = Annotated[str, Query(max_length=4000)]

_AWAY = noted("Your company's sign-in does not answer now. Try again in a moment.")
_STRANGER = noted("That sign-in was not begun here, or took too long. Try again.")
_NO_ROLE = noted("You are signed in with your company, but no role here is meant for you.")
_TAKEN = noted("Somebody else has that name here, or your access was taken away. Ask an admin.")


def provider_pages() -> APIRouter:
    """Make the addresses that lead to the provider and back; they answer where there is one."""
    router = APIRouter()
    router.add_api_route("/oidc/begin", begin_at_provider, methods=["GET"])
    router.add_api_route(_BACK, come_back, methods=["GET"])
    return router


def begin_at_provider(request: Request, parts: Shared) -> Response:
    """Send the browser to the provider; nothing is written down."""
    try:
        begun = _provider(parts).begin(_address(request, parts))
    except IssuerAwayError:
        return sign_in_again(request, parts, 503, _AWAY)
    answer = RedirectResponse(begun.address, status_code=303)
    answer.set_cookie(
        _cookie(parts),
        begun.kept,
        max_age=_MINUTES,
        secure=parts.secure,
        httponly=True,
        samesite="lax",
        path="/",
    )
    return answer


def come_back(request: Request, parts: Shared, code: _Told = "", state: _Told = "") -> Response:
    """Open a session for whoever came back from the provider with one of our roles."""
    kept = request.cookies.get(_cookie(parts), "")
    if parts.guesses.wait(address_of(request)):
        return sign_in_again(request, parts, 403, _STRANGER)
    try:
        person = _provider(parts).end(kept, state, code, _address(request, parts))
    except IssuerAwayError:
        return sign_in_again(request, parts, 503, _AWAY)
    except TokenRefusedError:
        parts.guesses.take(address_of(request))
        return sign_in_again(request, parts, 403, _STRANGER)
    return _entered(request, parts, person)


def _entered(request: Request, parts: ConsoleParts, signed: SignedInPerson) -> Response:
    try:
        person = person_by_groups(_provider(parts).roles, signed.groups, signed.name)
    except DomainError as error:
        return sign_in_again(request, parts, 403, str(error))
    if person is None:
        return sign_in_again(request, parts, 403, _NO_ROLE)
    entered = parts.services.access.enter_by_provider(person, signed.subject)
    if entered is None:
        access_log.log.warning("nobody was let in by the provider", creditor=person.creditor)
        return sign_in_again(request, parts, 403, _TAKEN)
    answer = parts.signed_in(RedirectResponse("/", status_code=303), entered.session)
    answer.delete_cookie(_cookie(parts), path="/", secure=parts.secure, httponly=True)
    return answer


def _provider(parts: ConsoleParts) -> OpenIdSignIn:
    if parts.provider is None:
        raise HTTPException(404)
    return parts.provider


def _address(request: Request, parts: ConsoleParts) -> str:
    return visited_host(request, parts).origin + _BACK


def _cookie(parts: ConsoleParts) -> str:
    return f"{parts.cookie}-oidc"
