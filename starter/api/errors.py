"""Problems of RFC 9457: a type with an address, a status, words, a way out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from activities.ports.incoming import LedgerDownError
from activities.ports.stores.errors import NotKnownError
from activities.ports.types import BusyError
from domain.answer_codes import AnswerCode
from domain.errors import CodedError
from domain.words import nearest_word
from starter.application import is_out_of_reach

MEDIA_TYPE = "application/problem+json"
SPACE = "urn:amicable:problem:"
LATER = 2
"""Seconds after which a busy account is worth another try."""


@dataclass(frozen=True, slots=True)
class ProblemType:
    """A kind of problem.

    Attributes:
        kept: whether a repeat with the same idempotency key is answered the same.
    """

    name: str
    status: int
    title: str
    kept: bool = False


SORTS = {
    sort.name: sort
    for sort in (
        ProblemType("malformed", 400, "Bad request"),
        ProblemType("unauthorized", 401, "Unauthorized"),
        ProblemType("forbidden", 403, "Forbidden"),
        ProblemType("not-found", 404, "Not found"),
        ProblemType("method-not-allowed", 405, "Method not allowed"),
        ProblemType("too-slow", 408, "Request timeout"),
        ProblemType("conflict", 409, "Conflict", kept=True),
        ProblemType("in-progress", 409, "Request in progress"),
        ProblemType("too-large", 413, "Content too large"),
        ProblemType("unsupported-media-type", 415, "Unsupported media type"),
        ProblemType("invalid", 422, "Invalid request"),
        ProblemType("refused", 422, "Refused", kept=True),
        ProblemType("key-reused", 422, "Idempotency key reused"),
        ProblemType("too-many-requests", 429, "Too many requests"),
        ProblemType("internal", 500, "Internal server error", kept=True),
        ProblemType("busy", 503, "Service unavailable"),
    )
}
_BY_CODE: Mapping[AnswerCode, str] = {
    AnswerCode.INVALID: "invalid",
    AnswerCode.REFUSED: "refused",
    AnswerCode.REFUSED_BY_POLICY: "refused",
    AnswerCode.ACCEPTED_IN_PART: "refused",
    AnswerCode.NOT_FOUND: "not-found",
    AnswerCode.CONFLICT: "conflict",
    AnswerCode.NOT_YET_APPLIED: "busy",
}
"""The problem of everything that the ledger says no to: what the caller can do decides it."""

_CODES = {name: AnswerCode(name.replace("-", "_")) for name in set(_BY_CODE.values()) - {"busy"}}
"""The code of a problem that is found before the ledger is asked."""

_BY_STATUS = {404: "not-found", 405: "method-not-allowed", 413: "too-large", 400: "malformed"}


class HttpProblem(Exception):  # noqa: N818 - the word of RFC 9457
    """Why a request is not answered as it was meant.

    Attributes:
        code: what became of what was asked; None where the ledger was not asked at all.
    """

    def __init__(
        self, name: str, detail: str, *, field: str | None = None, wait: int | None = None
    ) -> None:
        super().__init__(detail)
        self.sort = SORTS[name]
        self.detail = detail
        self.field = field
        self.code = _CODES.get(name)
        self.errors: Sequence[Mapping[str, str]] = ()
        self.headers = {"Retry-After": str(wait)} if wait else {}

    def response(self) -> JSONResponse:
        """Make the response."""
        told: dict[str, Any] = {
            "type": SPACE + self.sort.name,
            "title": self.sort.title,
            "status": self.sort.status,
            "detail": self.detail,
        }
        if self.code:
            told["code"] = self.code.value
        if self.field:
            told["field"] = self.field
        if self.errors:
            told["errors"] = list(self.errors)
        return JSONResponse(
            told, status_code=self.sort.status, media_type=MEDIA_TYPE, headers=self.headers
        )


def problem_of(error: Exception) -> HttpProblem:
    """Turn any error into a problem; an unforeseen one tells nothing about our insides."""
    if isinstance(error, HttpProblem):
        return error
    if isinstance(error, RequestValidationError):
        return _invalid(error)
    if isinstance(error, HTTPException):
        return _of_status(error)
    if isinstance(error, ClientDisconnect):
        return HttpProblem("malformed", "the body ended early")
    return _of_the_ledger(error)


def _of_the_ledger(error: Exception) -> HttpProblem:
    if isinstance(error, NotKnownError):
        return no_such(error.sought.value)
    if isinstance(error, CodedError):
        return coded(error.code, str(error), field=getattr(error, "field", None))
    if isinstance(error, BusyError):
        return HttpProblem("busy", f"{error}; nothing was changed", wait=LATER)
    if isinstance(error, LedgerDownError) or is_out_of_reach(error):
        text = "the ledger cannot be reached; try again with the same idempotency key"
        return HttpProblem("busy", text, wait=LATER)
    return HttpProblem("internal", "it was noted with the request's id; ask whoever runs this")


def coded(code: AnswerCode, text: str, *, field: str | None = None) -> HttpProblem:
    """What the ledger said no to: the code decides the problem, the text is for people."""
    problem = HttpProblem(_BY_CODE[code], text, field=field)
    problem.code = code
    return problem


def no_such(what: str) -> HttpProblem:
    """Make the problem of what is not there, or not this creditor's: nobody learns which."""
    return HttpProblem("not-found", f"there is no such {what}")


def _of_status(error: HTTPException) -> HttpProblem:
    name = _BY_STATUS.get(error.status_code, "malformed" if error.status_code < 500 else "internal")  # noqa: PLR2004 - where the server's faults begin
    problem = HttpProblem(name, _WORDS.get(name) or HTTPStatus(error.status_code).phrase)
    problem.headers |= dict(error.headers or {})
    return problem


_WORDS = {
    "not-found": "nothing is at this address; /openapi.json shows what there is",
    "method-not-allowed": "see the header Allow",
    "malformed": "the body is no JSON",
}


class UnlikeDescribedError(RequestValidationError):
    """A request that is not as described, with the names that its address knows."""

    def __init__(self, error: RequestValidationError, known: Iterable[str]) -> None:
        super().__init__(error.errors())
        self.known = tuple(known)


def _invalid(error: RequestValidationError) -> HttpProblem:
    """Each field with what is wrong and the way out."""
    known = error.known if isinstance(error, UnlikeDescribedError) else ()
    faults = [
        {"field": _place(one["loc"]), "detail": fault_reason(one, known)}
        for one in error.errors()[:_MOST_FAULTS]
    ]
    first = faults[0] if faults else {"field": "", "detail": "the request is not as described"}
    where = f"{first['field']}: " if first["field"] else ""
    problem = HttpProblem("invalid", f"{where}{first['detail']}", field=first["field"] or None)
    problem.errors = faults
    return problem


_FAULTS = {
    "missing": "is missing",
    "string_type": "must be text, in quotes",
    "int_type": "must be a whole number, without quotes",
}


_MOST_FAULTS = 20
_AT_THE_TOP = 2
"""Parts of a field's place: in the body or the query, and its name."""


def fault_reason(
    fault: Mapping[str, Any], known: Sequence[str], where: str = "look at /openapi.json"
) -> str:
    """Tell what is wrong with a field; of one that is not known, which was probably meant.

    Args:
        fault: as pydantic tells it.
        known: the names at the top.
        where: where all names stand.
    """
    if fault["type"] != "extra_forbidden":
        return _words(fault["type"], str(fault["msg"]))
    place = fault["loc"]
    near = nearest_word(str(place[-1]), known) if len(place) == _AT_THE_TOP else ""
    return f"is not known here; {f'did you mean {near}?' if near else where}"


def _words(kind: str, text: str) -> str:
    ours = text.removeprefix("Value error, ").replace("Input should", "must")
    return _FAULTS.get(kind) or ours.replace("String should", "must")[:300]


def _place(loc: Sequence[Any]) -> str:
    parts = [str(part) for part in loc[1:]]
    return ".".join(parts) or str(loc[0] if loc else "")
