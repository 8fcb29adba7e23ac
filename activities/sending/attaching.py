"""Limits and names of attachments: not too many bytes, and names that no header can trip on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from activities.ports.letter_data import Attachment

LARGEST_TOTAL = 6 * 1024 * 1024
"""Bytes of all files and pictures for one mail: a slow line carries it within a call's time."""

MOST_TAKEN = 20 * 1024 * 1024
"""Bytes beyond which no mail leaves at all: encoded, it would be more than providers take."""

_LONGEST_NAME = 80
_OTHER = re.compile(r"[^A-Za-z0-9._-]+")
_KIND = re.compile(r"[a-z]+/[a-z0-9.+-]+")
_OF_MANY = ("multipart/", "message/")


def fits(attachments: Iterable[Attachment]) -> bool:
    """Tell whether so many bytes may go along with one mail; exactly 6 MB may."""
    return total(attachments) <= LARGEST_TOTAL


def total(attachments: Iterable[Attachment]) -> int:
    """Add up the bytes of attachments."""
    return sum(len(attachment.body) for attachment in attachments)


def plain_name(name: str) -> str:
    """Make a file name of plain ASCII, in one word, that leads nowhere; it keeps its ending."""
    last = name.replace("\\", "/").rpartition("/")[2]
    stem, dot, ending = last.rpartition(".")
    if not dot or not _word(stem + ending):
        return _word(last)[:_LONGEST_NAME] or "file"
    ending = _word(ending)[:10] or "file"
    return f"{_word(stem)[: _LONGEST_NAME - len(ending) - 1] or 'file'}.{ending}"


def named_by(number: str, what: str = "") -> str:
    """Name a PDF by its invoice's number, so that two in one mail can be told apart."""
    ending = f"{what}.pdf"
    return f"{_word(number)[: _LONGEST_NAME - len(ending)] or 'invoice'}{ending}"


def plain_cid(cid: str) -> str:
    """Make the id by which the HTML names a picture, in plain ASCII and one word."""
    return _word(cid)[:_LONGEST_NAME] or "picture"


def plain_kind(media_type: str) -> str:
    """Reduce a media type to its name; one that is malformed, or of parts, is just bytes."""
    kind = media_type.partition(";")[0].strip().lower()
    known = _KIND.fullmatch(kind) and not kind.startswith(_OF_MANY)
    return kind if known else "application/octet-stream"


def method_of(media_type: str) -> str:
    """Find what a calendar file does with its entries: it publishes them, or takes them back."""
    cancels = "method=cancel" in media_type.lower().replace(" ", "")
    return "CANCEL" if cancels else "PUBLISH"


def _word(text: str) -> str:
    ascii_ = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _OTHER.sub("-", ascii_).strip("-.")
