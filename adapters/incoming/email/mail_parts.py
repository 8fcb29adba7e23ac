"""Takes a mail apart, whatever is wrong with it: headers, addresses, and text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.policy import EmailPolicy
from email.utils import getaddresses
from typing import Any, TypeAlias

LONGEST_HEADER = 1000
_LONGEST_TEXT = 200_000
"""Characters of one part that are looked at."""

_MOST_PARTS = 300
_MOST_BOUNDARIES = 2_000
_LONGEST_SOURCE = 16_000
"""Characters of a header that are parsed: the time for encoded words grows with their square."""

LARGEST_MAIL = 15_000_000
"""Bytes of a mail that are taken apart: files of 10 MB are half as long again in it."""

Mail: TypeAlias = "Message[Any, Any]"


def parsed(raw: bytes) -> Mail:
    """Parse the mail as far as possible; one that is nothing of a mail has only headers."""
    try:
        return message_from_bytes(_beginning(raw), policy=_Bounded())
    except Exception:  # noqa: BLE001 - the parser meets whatever the world sends
        head = raw.partition(b"\r\n\r\n")[0].partition(b"\n\n")[0]
        return _headers_only(head)


class _Bounded(EmailPolicy):
    """Parses headers as usual, as far as anybody writes them."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Take a header apart; of a very long one only the beginning."""
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_LONGEST_SOURCE]


_BOUNDARY = re.compile(rb"\n--")


def _beginning(raw: bytes) -> bytes:
    """What is taken apart of a mail: a few bytes make a part, and each part costs time."""
    found = _BOUNDARY.finditer(raw, 0, LARGEST_MAIL)
    end = next((at.start() for n, at in enumerate(found) if n == _MOST_BOUNDARIES), LARGEST_MAIL)
    return raw[:end]


def header(mail: Mail, name: str) -> str:
    """Read a header on one line; empty if it is missing or cannot be read."""
    return next(iter(headers(mail, name)), "")


def headers(mail: Mail, name: str) -> tuple[str, ...]:
    """Read every header of that name, each on one line."""
    try:
        found = [str(value) for value in mail.get_all(name) or ()]
    except Exception:  # noqa: BLE001 - malformed headers raise all kinds of things
        found = [str(value) for key, value in mail.raw_items() if key.lower() == name.lower()]
    return tuple(" ".join(_plain(value).split())[:LONGEST_HEADER] for value in found)


def mail_addresses(*lines: str) -> tuple[str, ...]:
    """Read the addresses in some headers, without the names before them."""
    found = []
    for line in lines:
        try:
            found += [address for _, address in getaddresses([line])]
        except Exception:  # noqa: BLE001 - as above
            found.append(line.strip(" <>"))
    return tuple(filter(None, found))


def mail_parts(mail: Mail) -> Iterator[Mail]:
    """List the mail and all parts in it, outermost first; of a bomb only the beginning."""
    waiting, seen = [mail], 0
    while waiting and seen < _MOST_PARTS:
        part = waiting.pop(0)
        seen += 1
        yield part
        inside = part.get_payload() if part.is_multipart() else []
        waiting[:0] = [one for one in inside if isinstance(one, Message)]


def decoded_text(part: Mail) -> str:
    """Decode a text part by its charset, else by those that are usual."""
    try:
        payload = part.get_payload(decode=True)
    except Exception:  # noqa: BLE001 - as above
        payload = None
    if not isinstance(payload, bytes):
        return ""
    return _plain(_decoded(payload[: 4 * _LONGEST_TEXT], _charset(part)))[:_LONGEST_TEXT]


def kind_of(part: Mail) -> str:
    """Read the media type of a part."""
    try:
        return part.get_content_type()
    except Exception:  # noqa: BLE001 - as above
        return "text/plain"


def _plain(text: str) -> str:
    """Text that a ledger can keep: no NUL, and no half a character."""
    return text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def _charset(part: Mail) -> str:
    try:
        said = part.get_content_charset() or ""
    except Exception:  # noqa: BLE001 - as above
        said = ""
    return "" if said in {"us-ascii", "ascii"} else said


def _decoded(payload: bytes, charset: str) -> str:
    for name in filter(None, (charset, "utf-8")):
        try:
            return payload.decode(name)
        except (LookupError, ValueError):
            continue
    return payload.decode("cp1252", "replace")


def _headers_only(head: bytes) -> Mail:
    try:
        return message_from_bytes(head + b"\r\n\r\n", policy=policy.compat32)
    except Exception:  # noqa: BLE001 - as above
        return EmailMessage()
