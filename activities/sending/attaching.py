"""What may go along with a mail: not too much of it, and under names that no header can trip on."""

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
    """Whether so much may go along with one mail; exactly 6 MB may."""
    return total(attachments) <= LARGEST_TOTAL


def total(attachments: Iterable[Attachment]) -> int:
    """Bytes of all of them together."""
    return sum(len(attachment.body) for attachment in attachments)


def plain_name(name: str) -> str:
    """A file name of plain ASCII, in one word, that leads nowhere; it keeps its ending."""
    last = name.replace("\\", "/").rpartition("/")[2]
    stem, dot, ending = last.rpartition(".")
    if not dot or not _word(stem + ending):
        return _word(last)[:_LONGEST_NAME] or "file"
    ending = _word(ending)[:10] or "file"
    return f"{_word(stem)[: _LONGEST_NAME - len(ending) - 1] or 'file'}.{ending}"


def named_by(number: str, what: str = "") -> str:
    """A PDF's name by its invoice's number, so that two in one mail can be told apart."""
    ending = f"{what}.pdf"
    return f"{_word(number)[: _LONGEST_NAME - len(ending)] or 'invoice'}{ending}"


def plain_cid(cid: str) -> str:
    """What the HTML calls a picture by, in plain ASCII and one word; itself, if it is that."""
    return _word(cid)[:_LONGEST_NAME] or "picture"


def plain_kind(media_type: str) -> str:
    """A media type without parameters; whatever is none, or is made of parts, is just bytes."""
    kind = media_type.partition(";")[0].strip().lower()
    known = _KIND.fullmatch(kind) and not kind.startswith(_OF_MANY)
    return kind if known else "application/octet-stream"


def _word(text: str) -> str:
    ascii_ = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _OTHER.sub("-", ascii_).strip("-.")
