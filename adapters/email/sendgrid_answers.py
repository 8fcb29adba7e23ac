"""Translates SendGrid's error answers into receipts."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

from python_http_client.exceptions import HTTPError

from activities.ports.types import Envelope, Receipt, Sent
from adapters.http.calls import plain_words, retry_after

RECIPIENT = re.compile(r"personalizations\.\d+\.to\b")
ACCOUNT_AT_FAULT = frozenset({401, 403, 404, 405})
"""Key, sender identity or address of the API: every message would fail the same way."""

TOO_LARGE = 413
_TOO_MANY = 429
_SERVER_ERROR = 500
_REQUEST_TIMEOUT = 408
LONGEST_RESET = timedelta(hours=1)


def sendgrid_receipt(error: HTTPError, envelope: Envelope) -> Receipt:
    """Sort an error answer: refused for good, refused for now, the account's fault, or unknown.

    What it refuses without naming the recipient is wrong in how we write, so a person is told.
    """
    status, detail = int(error.status_code), _detail(error, envelope)
    if status >= _SERVER_ERROR or status == _REQUEST_TIMEOUT:
        return Receipt(sent=Sent.UNKNOWN, detail=detail)
    if status == _TOO_MANY:
        return Receipt(sent=Sent.NOT_SENT, detail=detail, retry_after=_reset(error))
    if status in ACCOUNT_AT_FAULT or status < 400:  # noqa: PLR2004 - a redirect is a wrong host
        return Receipt(sent=Sent.NOT_SENT, detail=detail, channel_down=True)
    blamed = _blames_recipient(error)
    ours = not blamed and status != TOO_LARGE
    return Receipt(sent=Sent.REJECTED, detail=detail, bad_point=blamed, channel_down=ours)


def _reset(error: HTTPError) -> timedelta | None:
    """When the rate limit ends: SendGrid gives it in Unix seconds."""
    try:
        wait = datetime.fromtimestamp(int(_header(error, "X-RateLimit-Reset")), UTC)
    except (ValueError, OverflowError, OSError):
        return retry_after(_header(error, "Retry-After"))
    return max(timedelta(seconds=1), min(wait - datetime.now(UTC), LONGEST_RESET))


def _header(error: HTTPError, name: str) -> str:
    return str((error.headers or {}).get(name) or "")


def _blames_recipient(error: HTTPError) -> bool:
    return any(RECIPIENT.search(str(item.get("field") or "")) for item in _errors(error))


def _detail(error: HTTPError, envelope: Envelope) -> str:
    reasons = (f"{item.get('field') or ''} {item.get('message') or ''}" for item in _errors(error))
    words = plain_words("; ".join(reasons), envelope.to, envelope.to_name)
    return f"SendGrid {error.status_code}: {words}".rstrip(": ")


def _errors(error: HTTPError) -> list[dict[str, Any]]:
    """The errors in a JSON answer; none in a proxy's HTML page (413 comes as one)."""
    try:
        found = json.loads(error.body)["errors"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return []
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []
