"""Reads request bodies as data: bounded, plain JSON, not deep, no text that traps."""

from __future__ import annotations

import hashlib
import json
import re
from decimal import Decimal
from typing import Any
from urllib.parse import unquote

from starlette.requests import Request

from starter.api.errors import HttpProblem, no_such

_DEEPEST = 6
LONGEST_KEY = 255
_LONGEST_NAME = 1000
"""Characters; a task's key may hold a creditor, a number and a message's id."""

_KEY = re.compile(rf"[!-~]{{1,{LONGEST_KEY}}}")
NO_JSON = "send one JSON object, such as {}"


async def json_of(request: Request) -> Any:
    """Read the body as JSON, checked before anybody looks at its meaning."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    raw = await request.body()
    if kind != "application/json" and (raw or kind):
        raise HttpProblem("unsupported-media-type", "send Content-Type: application/json")
    try:
        text = raw.decode("utf-8")
    except ValueError:
        raise HttpProblem("malformed", f"the body is no JSON; {NO_JSON}") from None
    return plain_object(text)


def plain_object(text: str) -> dict[str, Any]:
    """Read one JSON object: plain, not deep, with no text that traps.

    Raises:
        HttpProblem: if it is none.
    """
    try:
        found = json.loads(text, parse_float=Decimal, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise HttpProblem("malformed", f"the body is no JSON; {NO_JSON}") from None
    _check(found, _DEEPEST)
    if not isinstance(found, dict):
        raise HttpProblem("invalid", NO_JSON)
    return found


def idempotency_key(request: Request) -> str:
    """Read the key under which a repeat is answered the same; empty if none came along."""
    given = request.headers.getlist("idempotency-key")
    if not given:
        return ""
    key = given[0]
    if len(given) > 1 or not _KEY.fullmatch(key):
        detail = f"write one of 1 to {LONGEST_KEY} printable ASCII characters"
        raise HttpProblem("invalid", f"Idempotency-Key: {detail}", field="Idempotency-Key")
    return key


def body_fingerprint(request: Request, body: Any) -> str:
    """Compute what makes two requests the same: method, address and content."""
    told = [request.method, request.url.path, request.url.query, body]
    text = json.dumps(told, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def named_object(segment: str, what: str) -> str:
    """Decode the name in one segment of the address, once: a slash in it is written %2F."""
    try:
        name = unquote(segment, errors="strict")
    except UnicodeDecodeError:
        raise no_such(what) from None
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise no_such(what)
    return name


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def _check(found: Any, deep: int) -> None:
    if isinstance(found, str):
        _check_text(found)
    elif isinstance(found, dict | list):
        if not deep:
            raise HttpProblem("malformed", f"the body is nested more than {_DEEPEST} deep")
        inner = [*found, *found.values()] if isinstance(found, dict) else found
        for one in inner:
            _check(one, deep - 1)


def _check_text(text: str) -> None:
    """PostgreSQL keeps neither NUL nor half a character."""
    if "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise HttpProblem("invalid", "a text holds a NUL or half a character; take it out")
