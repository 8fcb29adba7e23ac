"""Reading what people and systems send: raw JSON in, a message or a clear refusal out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from domain.calendar import Calendar
from domain.case.model import Message
from domain.errors import RefusedError
from domain.intake.plan_reading import PLAN_FIELDS, read_parts, read_schedule
from domain.message_types import MessageType
from domain.money import Money, parse_money
from domain.words import nearest_word

_FIELDS = frozenset(
    {
        "id",
        "amount",
        "currency",
        "date",
        "at",
        "reason",
        "note",
        "ref",
        "by",
        "channel",
        "owner",
        "approved_by",
        "source",
    }
)
MONEY_KINDS = frozenset(
    {
        MessageType.PAYMENT,
        MessageType.PAYMENT_REVERSED,
        MessageType.REFUND,
        MessageType.CREDIT_NOTE,
        MessageType.CREDIT_NOTE_CANCELLED,
    }
)
"""Messages that move money: one without an id of its sender is never applied."""

PLAN_KINDS = frozenset({MessageType.PLAN_PROPOSED, MessageType.PLAN_AGREED})
LONGEST_TEXT = 2000

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEARS = range(1900, 2200)


def read_message(
    kind: str, body: Mapping[str, Any], *, key: str, heard_at: datetime, ground: ReadingGround
) -> Message:
    """Read one message about a case.

    Fields: those of ``FIELDS``; amounts are decimal strings, dates ISO, instants RFC 3339. A
    payment's ``date`` is its value date, a dispute's the day by which it should be settled.

    Raises:
        RefusedError: naming the field and the way out.
    """
    known = read_kind(kind)
    fields = _FIELDS | PLAN_FIELDS if known in PLAN_KINDS else _FIELDS
    strange = sorted(set(body) - fields)
    if strange:
        raise RefusedError(f"{strange[0]!r} is not known; use {', '.join(sorted(fields))}")
    day = _day(body)
    return Message(
        key=key,
        kind=known,
        at=_instant(body, known, day, heard_at, ground.calendar),
        amount=_amount(body, ground.currency),
        day=day,
        reason=read_schedule(body) or _text(body, "reason"),
        note=_text(body, "note"),
        ref=_text(body, "ref"),
        by=_text(body, "by"),
        channel=_text(body, "channel"),
        owner=_text(body, "owner"),
        approved_by=_text(body, "approved_by"),
        parts=read_parts(body, _day, lambda part: _amount(part, ground.currency)),
    )


class ReadingGround:
    """What a message is read against: the debtor's calendar and the invoice's currency."""

    __slots__ = ("calendar", "currency")

    def __init__(self, calendar: Calendar, currency: str) -> None:
        self.calendar = calendar
        self.currency = currency


def read_kind(kind: str) -> MessageType:
    """The kind of that name.

    Raises:
        RefusedError: listing the names there are.
    """
    try:
        return MessageType(kind)
    except ValueError:
        names = sorted(known.value for known in MessageType)
        near = nearest_word(kind, names)
        told = f"did you mean {near}? " if near else ""
        reason = f"{told}the messages are {', '.join(names)}"
        raise RefusedError(f"{kind!r} is not a message; {reason}") from None


def message_key(kind: MessageType, body: Mapping[str, Any], given: str) -> str:
    """The key under which a message counts once: its sender's id before anything else.

    Payments are keyed by source and id, so that the same payment heard as a signal, through the
    client and by the posting workflow is one payment.
    """
    own = str(body.get("id") or given)
    if kind is MessageType.PAYMENT:
        return f"payment/{body.get('source') or 'billing'}/{own}"
    return own


def _amount(body: Mapping[str, Any], currency: str) -> Money | None:
    given = body.get("amount")
    if given is None or given == "":
        return None
    if isinstance(given, bool | float):
        raise RefusedError('write the amount as text, like "119.00"', field="amount")
    try:
        return parse_money(str(given), str(body.get("currency") or currency))
    except ValueError as error:
        raise RefusedError(str(error), field="amount") from None


def _day(body: Mapping[str, Any]) -> date | None:
    given = body.get("date")
    return None if given is None or given == "" else read_day(given)


def read_day(given: object, field: str = "date") -> date:
    """A bare date exactly as ISO 8601 writes it, and in no other of its spellings.

    Raises:
        RefusedError: naming the field and the way out.
    """
    try:
        day = date.fromisoformat(str(given) if _ISO_DAY.fullmatch(str(given)) else "")
        _check_year(day.year)
    except ValueError:
        message = f"{given!r} is no date; write it like 2026-12-31"
        raise RefusedError(message, field=field) from None
    return day


def _check_year(year: int) -> None:
    # The ends of time cannot be moved into the debtor's zone.
    if year not in _YEARS:
        raise ValueError(year)


def _instant(
    body: Mapping[str, Any],
    kind: MessageType,
    day: date | None,
    heard_at: datetime,
    calendar: Calendar,
) -> datetime:
    given = body.get("at")
    if not given:
        value_date = day is not None and kind in MONEY_KINDS
        return min(calendar.start_of(day), heard_at) if day and value_date else heard_at
    try:
        at = datetime.fromisoformat(str(given))
        _check_year(at.year)
    except ValueError:
        message = f"{given!r} is no instant; write it like 2026-12-31T10:00:00Z"
        raise RefusedError(message, field="at") from None
    if at.tzinfo is None:
        raise RefusedError("an instant needs its zone, such as Z or +01:00", field="at")
    if at > heard_at:
        raise RefusedError(f"{given} lies in the future", field="at")
    return at.astimezone(UTC)


def _text(body: Mapping[str, Any], name: str) -> str:
    given = str(body.get(name) or "")
    if len(given) > LONGEST_TEXT:
        raise RefusedError(f"{name} is longer than {LONGEST_TEXT} characters", field=name)
    if "\x00" in given:
        raise RefusedError(f"{name} holds a NUL character", field=name)
    return given
