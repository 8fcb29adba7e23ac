"""What people read when something is not there, not allowed, or went wrong."""

from __future__ import annotations

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from activities.ports.stores.errors import NotKnownError
from activities.ports.types import BusyError
from adapters.config.environment import SettingsError
from domain.answer_codes import AnswerCode
from domain.errors import CodedError
from starter.api import access_log
from starter.console.security.visit import (
    NotAllowedError,
    SignedOutError,
    parts_of,
    tongue_of_reader,
)
from starter.console.shown.tongue import noted

_NOT_FOUND = (404, noted("Not found"), noted("There is nothing here, or it is not yours to see."))
_BAD_ADDRESS = (400, noted("Not understood"), noted("This address is not one of the console's."))
_FORBIDDEN = (403, noted("Not allowed"), noted("Your role does not allow this. Ask a supervisor."))
_BUSY = (
    409,
    noted("A colleague is at it"),
    noted("Somebody works on this customer right now. Try again."),
)
_BROKEN = (
    500,
    noted("Something went wrong"),
    noted("It was noted. What you did may not have been recorded."),
)


async def answer_failure(request: Request, error: Exception) -> Response:
    """Say in words what is the matter, and where to go on."""
    if isinstance(error, SignedOutError):
        return RedirectResponse("/sign-in", status_code=303)
    status, heading, words = _told(request, error)
    tongue = tongue_of_reader(request)
    title = tongue.gettext(heading)
    page = parts_of(request).show(tongue, "failed.html", status, title=title, words=words)
    page.background = None
    return page


def _told(request: Request, error: Exception) -> tuple[int, str, str]:
    if isinstance(error, NotAllowedError):
        return _FORBIDDEN
    if isinstance(error, NotKnownError):
        return _NOT_FOUND
    if isinstance(error, BusyError):
        return _BUSY
    if isinstance(error, SettingsError):
        return 422, noted("Not set up"), str(error)
    if isinstance(error, CodedError):
        status = 409 if error.code is AnswerCode.CONFLICT else 422
        return status, noted("Not recorded"), str(error)
    return _of_http(request, error)


def _of_http(request: Request, error: Exception) -> tuple[int, str, str]:
    if isinstance(error, RequestValidationError):
        return _BAD_ADDRESS
    if isinstance(error, HTTPException):
        known = _NOT_FOUND if error.status_code in (404, 405) else _BAD_ADDRESS
        return error.status_code, *known[1:]
    access_log.broke(request, error)
    return _BROKEN
