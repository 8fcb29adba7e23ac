"""Reads requests of the page: languages, what was sent, sessions, and where it came from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from fastapi import Request, Response
from python_multipart.exceptions import MultipartParseError
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException
from starlette.types import Message

from activities.services.page.proofs import STAYS_OPEN
from domain.errors import InvalidError
from domain.evidence.model import LARGEST, PDF, Filed, filed
from starter.api.errors import HttpProblem
from starter.page.forms import Filled
from starter.page.words import NAMES

MOST_FILES, MOST_FIELDS, LONGEST_FIELD = 5, 30, 20_000
MOST_FORM = MOST_FILES * LARGEST + 200_000
"""Bytes of one form with all its files."""

KINDS = frozenset({PDF, "image/png", "image/jpeg"})
"""What may come along, by its content, never by its name."""

_HOST_COOKIE, _LOOPBACK_COOKIE = "__Host-amicable-page", "amicable-page-loopback-only"
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_FROM_HERE = ("same-origin", "none")
_TAG = re.compile(r"[A-Za-z]{2}")


def languages_of(request: Request) -> tuple[str, str]:
    """Read the language that was chosen, if one was, and those that the browser accepts."""
    chosen = request.query_params.get("l", "")
    told = request.headers.get("accept-language", "")[:200].split(",")
    accepted = (match.group().lower() for one in told if (match := _TAG.match(one.strip())))
    return (chosen if chosen in NAMES else ""), ",".join(one for one in accepted if one in NAMES)


def is_from_elsewhere(request: Request) -> bool:
    """Tell whether a form was sent by a page of somebody else.

    A page without referrer sends the origin ``null``: then the link itself has to do.
    """
    site = request.headers.get("sec-fetch-site", "")
    if site:
        return site not in _FROM_HERE
    origin = request.headers.get("origin", "")
    if origin in ("", "null"):
        return False
    return urlsplit(origin).netloc != request.headers.get("host", "")


def page_secret_of(request: Request) -> str:
    """Read the secret of the session; empty if none came along."""
    return request.cookies.get(_cookie(request), "")[:200]


def keep_session(request: Request, answer: Response, secret: str) -> None:
    """Let the browser keep the secret of a session, for this place only."""
    name = _cookie(request)
    answer.set_cookie(
        name,
        secret,
        max_age=int(STAYS_OPEN.total_seconds()),
        path="/",
        secure=name == _HOST_COOKIE,
        httponly=True,
        samesite="lax",
    )


def _cookie(request: Request) -> str:
    """Only on the machine itself a session may go without TLS, under a name that says so."""
    on_this_machine = (request.url.hostname or "") in _LOOPBACK and request.url.scheme == "http"
    return _LOOPBACK_COOKIE if on_this_machine else _HOST_COOKIE


async def filled_in(request: Request, body: bytes) -> Filled:
    """Read a form; files that are no PDF, PNG or JPEG, or too large, are named as wrong.

    Raises:
        HttpProblem: if it cannot be read.
    """

    async def again() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    form: FormData | None = None
    try:
        form = await Request(request.scope, again).form(
            max_files=MOST_FILES + 1, max_fields=MOST_FIELDS, max_part_size=LARGEST
        )
        sent = [(name, value) for name, value in form.multi_items()]
        values = {name: value[:LONGEST_FIELD].strip() for name, value in _texts(sent)}
        files = [(one.filename or "file", await one.read()) for one in _uploads(sent)]
    except (MultiPartException, MultipartParseError, ValueError) as error:
        raise HttpProblem("invalid", "this form cannot be read") from error
    finally:
        if form is not None:
            await form.close()
    return _judged(values, [(name, content) for name, content in files if content])


def _texts(sent: Sequence[tuple[str, UploadFile | str]]) -> Iterator[tuple[str, str]]:
    return ((name, value) for name, value in sent if isinstance(value, str))


def _uploads(sent: Sequence[tuple[str, UploadFile | str]]) -> Iterator[UploadFile]:
    return (value for _, value in sent if isinstance(value, UploadFile))


def _judged(values: dict[str, str], files: list[tuple[str, bytes]]) -> Filled:
    kept: list[Filed] = []
    for name, content in files:
        try:
            file = filed(name, content, note="sent on the customer's page")
        except InvalidError:
            return Filled(values=values, bad_files=True)
        if file.media_type not in KINDS:
            return Filled(values=values, bad_files=True)
        kept.append(file)
    return Filled(values=values, files=tuple(kept), bad_files=len(kept) > MOST_FILES)
