"""Reads what people and systems send: raw JSON in, a message or a clear refusal out."""

# One thing: one message read field by field, each refused in its own words.

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from domain.agreements.schedules import EVERY, MOST_PARTS
from domain.calendar import Calendar
from domain.card_numbers import without_card_numbers
from domain.case.chosen_plan_b import PLAN_B_FIELD, read_plan_b
from domain.case.invoice import InvoicePart
from domain.case.model import Message
from domain.errors import InvalidError
from domain.ids import PaymentId, PaymentKey
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

_Body = Mapping[str, Any]
PLAN_FIELDS = frozenset({"instalments", "every", "count"})
"""What only a plan may say."""

PLAN_KINDS = frozenset({MessageType.PLAN_PROPOSED, MessageType.PLAN_AGREED})
_AGREE = PLAN_KINDS | {MessageType.PROMISE, MessageType.SETTLEMENT}
"""Messages that may name the Plan B of what they agree on."""

LONGEST_TEXT = 2000

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEARS = range(1900, 2200)


def read_message(
    kind: str, body: _Body, *, key: str, heard_at: datetime, ground: ReadingGround
) -> Message:
    """Read one message about a case.

    Amounts are decimal strings, dates ISO, instants RFC 3339. A
    payment's ``date`` is its value date, a dispute's the day by which it should be settled.

    Raises:
        InvalidError: naming the field and the way out.
    """
    known = read_kind(kind)
    fields = _FIELDS | PLAN_FIELDS if known in PLAN_KINDS else _FIELDS
    fields = fields | {PLAN_B_FIELD} if known in _AGREE else fields
    strange = sorted(set(body) - fields)
    if strange:
        raise InvalidError(f"{strange[0]!r} is not known; use {', '.join(sorted(fields))}")
    day = _day(body)
    return Message(
        key=key,
        kind=known,
        at=_instant(body, known, day, heard_at, ground.calendar),
        amount=_amount(body, ground.currency),
        day=day,
        reason=_schedule(body) or without_card_numbers(_text(body, "reason")),
        note=without_card_numbers(_text(body, "note")),
        ref=_text(body, "ref"),
        by=_text(body, "by"),
        channel=_text(body, "channel"),
        owner=_text(body, "owner"),
        approved_by=_text(body, "approved_by"),
        parts=_parts(body, ground.currency),
        plan_b=_plan_b(body),
    )


class ReadingGround:
    """What a reader needs to know: the debtor's calendar and the invoice's currency."""

    __slots__ = ("calendar", "currency")

    def __init__(self, calendar: Calendar, currency: str) -> None:
        self.calendar = calendar
        self.currency = currency


def read_kind(kind: str) -> MessageType:
    """The kind of that name.

    Raises:
        InvalidError: listing the names there are.
    """
    try:
        return MessageType(kind)
    except ValueError:
        names = sorted(known.value for known in MessageType)
        near = nearest_word(kind, names)
        told = f"did you mean {near}? " if near else ""
        reason = f"{told}the messages are {', '.join(names)}"
        raise InvalidError(f"{kind!r} is not a message; {reason}") from None


def message_key(kind: MessageType, body: _Body, given: str) -> str:
    """Make the key under which a message counts once, from its sender's id if there is one.

    Payments are keyed by source and id, so that the same payment heard as a signal, through the
    client and by the posting workflow is one payment.
    """
    own = str(body.get("id") or given)
    if kind is MessageType.PAYMENT:
        return str(PaymentKey(PaymentId.KIND, str(body.get("source") or "billing"), own))
    return own


def _amount(body: _Body, currency: str) -> Money | None:
    given = body.get("amount")
    if given is None or given == "":
        return None
    if isinstance(given, bool | float):
        raise InvalidError('write the amount as text, like "119.00"', field="amount")
    try:
        return parse_money(str(given), str(body.get("currency") or currency))
    except ValueError as error:
        raise InvalidError(str(error), field="amount") from None


def _day(body: _Body) -> date | None:
    given = body.get("date")
    return None if given is None or given == "" else read_day(given)


def read_day(given: object, field: str = "date") -> date:
    """A bare date exactly as ISO 8601 writes it, and in no other of its spellings.

    Raises:
        InvalidError: naming the field and the way out.
    """
    try:
        day = date.fromisoformat(str(given) if _ISO_DAY.fullmatch(str(given)) else "")
        _check_year(day.year)
    except ValueError:
        message = f"{given!r} is no date; write it like 2026-12-31"
        raise InvalidError(message, field=field) from None
    return day


def _check_year(year: int) -> None:
    # The ends of time cannot be moved into the debtor's zone.
    if year not in _YEARS:
        raise ValueError(year)


def _instant(
    body: _Body,
    kind: MessageType,
    day: date | None,
    heard_at: datetime,
    calendar: Calendar,
) -> datetime:
    given = body.get("at")
    if not given:
        value_date = day is not None and kind in MONEY_KINDS
        return min(calendar.start_of(day), heard_at) if day and value_date else heard_at
    at = read_zoned_instant(given)
    if at > heard_at:
        raise InvalidError(f"{given} lies in the future", field="at")
    return at


def read_zoned_instant(given: object, field: str = "at") -> datetime:
    """An instant (UTC) as RFC 3339 writes it, with its zone.

    Raises:
        InvalidError: naming the field and the way out.
    """
    try:
        at = datetime.fromisoformat(str(given))
        _check_year(at.year)
    except ValueError:
        message = f"{given!r} is no instant; write it like 2026-12-31T10:00:00Z"
        raise InvalidError(message, field=field) from None
    if at.tzinfo is None:
        raise InvalidError("an instant needs its zone, such as Z or +01:00", field=field)
    return at.astimezone(UTC)


def _text(body: _Body, name: str) -> str:
    given = str(body.get(name) or "")
    if len(given) > LONGEST_TEXT:
        raise InvalidError(f"{name} is longer than {LONGEST_TEXT} characters", field=name)
    if "\x00" in given:
        raise InvalidError(f"{name} holds a NUL character", field=name)
    return given


def _plan_b(body: _Body) -> str:
    """The Plan B that an agreement names for itself.

    Raises:
        InvalidError: with the ways in which it is written.
    """
    given = _text(body, PLAN_B_FIELD)
    read_plan_b(given)
    return given


def _schedule(body: _Body) -> str:
    """The schedule of a plan in the words in which it is kept, such as ``3 monthly``.

    Raises:
        InvalidError: if it cannot be understood, with the way out.
    """
    every, count = body.get("every"), body.get("count")
    if not every:
        if count:
            raise InvalidError('say how often, "week" or "month"', field="every")
        return ""
    words = EVERY.get(str(every))
    if words is None:
        raise InvalidError(f'{every!r} is not known; write "week" or "month"', field="every")
    return f"{_count(count)} {words}".strip()


def _parts(body: _Body, currency: str) -> tuple[InvoicePart, ...]:
    """The instalments that are written out, each with its date and amount.

    Raises:
        InvalidError: naming the instalment at fault.
    """
    given = body.get("instalments")
    if not given:
        return ()
    if not isinstance(given, list) or len(given) > MOST_PARTS:
        raise InvalidError(f"write a list of up to {MOST_PARTS} instalments", field="instalments")
    return tuple(_part(number, one, currency) for number, one in enumerate(given, start=1))


def _part(number: int, given: Any, currency: str) -> InvoicePart:
    if not isinstance(given, dict) or set(given) != {"date", "amount"}:
        way_out = f'instalment {number} must be like {{"date": "2026-12-31", "amount": "50.00"}}'
        raise InvalidError(way_out, field="instalments")
    on, money = _day(given), _amount(given, currency)
    if on is None or money is None:
        raise InvalidError(f"instalment {number} needs a date and an amount", field="instalments")
    return InvoicePart(day=on, minor=money.minor)


def _count(given: Any) -> str:
    if given in (None, ""):
        return ""
    if isinstance(given, bool) or not str(given).isdecimal():
        raise InvalidError(f"{given!r} is no number of instalments", field="count")
    return str(int(str(given)))
