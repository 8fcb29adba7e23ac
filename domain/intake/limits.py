"""How much may be said to a case at once, and what a text may hold, so that it can be kept.

Whoever sends is a stranger: nothing that a case does may grow with what it was sent.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from domain.errors import InvalidError
from domain.wire import ReceivedMessage

LONGEST_BODY = 200_000
"""Bytes of one message, as JSON writes its text; the longest honest one is far below that."""

MOST_BYTES = 500_000
"""Bytes of all messages that one activity is given: Temporal refuses an input of 2 MiB."""

MOST_MESSAGES = 50
"""Messages that one activity is given: hearing them takes seconds, not minutes."""

DEEPEST = 8
"""How many objects and lists may lie in each other, a message's own included; a plan needs 3."""

LONGEST_ID = 1000
"""Bytes of an id with its source: a row with a longer key could not be found again."""

_HEAD = 2000
"""Characters that are kept of a message that is too long."""

_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
"""What PostgreSQL or UTF-8 cannot hold: NUL, and half of a pair of surrogates."""


def written(body: str) -> int:
    """How many bytes a message's text takes as a JSON string within an activity's input."""
    return len(json.dumps(body, ensure_ascii=False).encode("utf-8", errors="replace"))


def shortened(body: str) -> tuple[str, int]:
    """The text of a message, only its beginning if it is too long; and then how long it was."""
    size = written(body)
    return (body, 0) if size <= LONGEST_BODY else (body[:_HEAD], size)


def taken_at_once(heard: Sequence[ReceivedMessage]) -> int:
    """How many of the messages, in their order, one activity is given: at least the first."""
    total = 0
    for count, item in enumerate(heard):
        total += written(item.body)
        if count and (count == MOST_MESSAGES or total > MOST_BYTES):
            return count
    return len(heard)


def writable(text: str) -> str:
    """The text with a mark in place of whatever could not be kept."""
    return _UNWRITABLE.sub("\ufffd", text)


def read_object(text: str) -> dict[str, Any]:
    """Read one JSON object that a stranger sent; nothing at all counts as an empty one.

    Raises:
        InvalidError: if it is none, nests too deep, or holds a text that could not be kept.
    """
    try:
        parsed = json.loads(text or "{}", parse_float=Decimal)
    except ValueError as error:
        raise InvalidError(f"this is not JSON: {error}") from None
    except RecursionError:
        raise InvalidError(f"this goes deeper than {DEEPEST} levels") from None
    if parsed is None:
        return {}
    if not isinstance(parsed, dict):
        raise InvalidError('send one JSON object, like {"id": "P-1", "amount": "119.00"}')
    check_body(parsed)
    return parsed


def too_long(size: int) -> str:
    """Why a message of so many bytes is refused."""
    return f"{size} bytes are too much for a message; {LONGEST_BODY} at most"


def check_writable(text: str, field: str) -> None:
    """Refuse a text that could not be kept as it is.

    Raises:
        InvalidError: naming the field and what is wrong with it.
    """
    found = _UNWRITABLE.search(text)
    if found is None:
        return
    if found[0] == "\x00":
        raise InvalidError(f"{writable(field)} holds a NUL character", field=writable(field))
    raise InvalidError(
        f"{writable(field)} holds half of a character (an unpaired surrogate): "
        "it was cut in the middle; send it again as a whole",
        field=writable(field),
    )


def check_body(body: Mapping[str, object]) -> None:
    """Refuse a message that nests too deep, or holds a text that could not be kept.

    Raises:
        InvalidError: naming the field and what is wrong with it.
    """
    for name, value in body.items():
        check_writable(name, "a field's name")
        for text in _texts(name, value):
            check_writable(text, name)


def check_name(name: str, field: str) -> None:
    """Refuse an id that is too long to be found again.

    Raises:
        InvalidError: if it takes more bytes than a key may have.
    """
    if len(name.encode()) > LONGEST_ID:
        raise InvalidError(f"{field} is longer than {LONGEST_ID} bytes", field=field)


def _texts(name: str, value: object) -> Iterator[str]:
    """Every text within a value, without recursion: what is sent may lie a thousand deep."""
    waiting: list[tuple[object, int]] = [(value, 2)]
    while waiting:
        one, depth = waiting.pop()
        if isinstance(one, str):
            yield one
        inner = _within(one)
        if inner and depth > DEEPEST:
            deep = f"{name} goes deeper than {DEEPEST} levels; no message needs as many"
            raise InvalidError(deep, field=name)
        waiting += [(each, depth + 1) for each in inner]


def _within(value: object) -> list[object]:
    if isinstance(value, Mapping):
        return [*value.keys(), *value.values()]
    return list(value) if isinstance(value, list) else []
