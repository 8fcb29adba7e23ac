"""Translates SendGrid's events: each element is read by itself, and none is thrown away."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from activities.ports.incoming import ReportKind
from activities.ports.incoming_ports import UNREAD
from adapters.email.sendgrid_mail import OUR_ID
from adapters.ledger.inbound.events import ProviderEvent, recipient_in

_PROVIDER = "sendgrid"
_LONGEST_RAW = 8000
"""Characters of an element that are kept as they came."""

LONGEST_NUMBER = 30
MEANING = ("email", "event", "sg_message_id", "timestamp", "type", "attempt", "url")
"""With our id, what makes two elements the same: told again, an event may get another id."""

_EVENTS: Mapping[str, ReportKind] = MappingProxyType(
    {
        "processed": ReportKind.ACCEPTED,
        "deferred": ReportKind.DEFERRED,
        "delivered": ReportKind.DELIVERED,
        "bounce": ReportKind.BOUNCED,
        "blocked": ReportKind.FAILED,
        "dropped": ReportKind.FAILED,
        "open": ReportKind.OPENED,
        "click": ReportKind.CLICKED,
        "spamreport": ReportKind.COMPLAINED,
        "unsubscribe": ReportKind.OPTED_OUT,
        "group_unsubscribe": ReportKind.OPTED_OUT,
        "group_resubscribe": ReportKind.OPTED_IN,
    }
)
DROPPED: Mapping[str, ReportKind] = MappingProxyType(
    {
        "bounced address": ReportKind.BOUNCED,
        "invalid": ReportKind.BOUNCED,
        "spam reporting address": ReportKind.COMPLAINED,
        "unsubscribed address": ReportKind.OPTED_OUT,
    }
)
"""Why SendGrid did not even try: it knows the address from before."""

_STATUS = re.compile(r"[2-5]\.\d{1,3}\.\d{1,3}")
_YEARS = range(2000, 2200)


def read_batch(body: bytes) -> tuple[ProviderEvent, ...]:
    """Read the events of one request; what is no list is kept as one unread event."""
    text = body.decode("utf-8-sig", "replace")
    try:
        found = json.loads(text, parse_int=_whole)
    except (ValueError, RecursionError):
        return (_unread(text),)
    elements = found if isinstance(found, list) else [found]
    return tuple(_read(element) for element in elements)


def _read(element: object) -> ProviderEvent:
    try:
        return _event(element)
    except (ValueError, TypeError, RecursionError):
        return _unread(_written(element))


def _whole(digits: str) -> int | str:
    """A number of thousands of digits is no number, and must not sink the batch."""
    return int(digits) if len(digits) <= LONGEST_NUMBER else digits


def _event(element: object) -> ProviderEvent:
    if not isinstance(element, dict):
        raise TypeError("an event is an object")
    name = element["event"] if isinstance(element.get("event"), str) else None
    if not name:
        raise ValueError("an event has a name")
    message_id = str(UUID(str(element[OUR_ID]))) if element.get(OUR_ID) else ""
    meaning = [message_id, *(element.get(part) for part in MEANING)]
    return ProviderEvent(
        dedupe_key=f"{_PROVIDER}/{_sha(_written(meaning))}",
        message_id=message_id,
        provider=_PROVIDER,
        kind=_kind(name, element).value,
        at=_instant(element.get("timestamp")),
        raw=_written(element)[:_LONGEST_RAW],
        reason=_code(element),
        recipient=recipient_in(email) if isinstance(email := element.get("email"), str) else "",
    )


def _kind(name: str, element: Mapping[str, Any]) -> ReportKind:
    if name == "bounce" and element.get("type") == "blocked":
        return ReportKind.FAILED
    if name == "dropped":
        return DROPPED.get(_said(element.get("reason")), ReportKind.FAILED)
    return _EVENTS.get(name, ReportKind.OTHER)


def _said(reason: object) -> str:
    return reason.strip().casefold() if isinstance(reason, str) else ""


def _code(element: Mapping[str, Any]) -> str:
    """A code and nothing else: the words of a mail server name addresses."""
    status, reason = element.get("status"), _said(element.get("reason"))
    if isinstance(status, str) and _STATUS.fullmatch(status.strip()):
        return status.strip()
    return reason.replace(" ", "_") if reason in DROPPED else ""


def _instant(given: object) -> datetime | None:
    """Seconds since 1970; what cannot be an instant is none, and the event counts all the same."""
    try:
        at = datetime.fromtimestamp(int(str(given)), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return at if at.year in _YEARS else None


def _unread(text: str) -> ProviderEvent:
    return ProviderEvent(
        dedupe_key=f"{_PROVIDER}/{UNREAD}/{_sha(text)}",
        message_id="",
        provider=_PROVIDER,
        kind=ReportKind.OTHER.value,
        raw=text.replace("\x00", "\ufffd")[:_LONGEST_RAW],
        reason=UNREAD,
    )


def _written(value: object) -> str:
    """As JSON in plain ASCII: neither NUL nor half a character can reach the ledger."""
    return json.dumps(value, sort_keys=True)


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
