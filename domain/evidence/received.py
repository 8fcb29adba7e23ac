"""Files that debtors send with their answers: which are kept as evidence, and how many (P03)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from domain.evidence.model import LARGEST, OLD_OFFICE, PDF, media_type, safe_name

MOST_FILES = 10
"""Files of one answer that are kept."""

_KEPT = frozenset(
    {PDF, "image/png", "image/jpeg", "image/gif", "image/tiff", "text/plain"}
    | {"image/webp", "image/heic", OLD_OFFICE}
)
_ZIP = "application/zip"
_OFFICE = (
    *(b"[Content_Types].xml", b"_rels/.rels", b"mimetype"),
    *(b"word/", b"xl/", b"ppt/", b"docProps/", b"customXml/"),
)
"""What an archive that is a document of an office program begins with; other archives may hold
anything."""

_NAME_IN_ZIP = 30
"""Bytes before the first file's name in an archive (APPNOTE.TXT, 4.3.7)."""


class FileFate(StrEnum):
    """What became of a file that came with an answer; pinned, for ledgers hold these words."""

    KEPT = "kept"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    UNKNOWN_KIND = "unknown_kind"
    CARD_NUMBER = "card_number"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedFile:
    """A file as it came with an answer.

    Attributes:
        name: made safe, as the names of all evidence are.
        media_type: by what the file begins with, never by what it claims to be.
        size: bytes.
        sha256: of its content, by which the evidence of a case is found.
        fate: kept, or why not.
        body: empty unless it is kept, and once it is evidence of a case.
    """

    name: str
    media_type: str
    size: int
    sha256: str
    fate: FileFate
    body: bytes = b""


def received_files(
    files: Iterable[tuple[str, bytes]], most: int = LARGEST
) -> tuple[ReceivedFile, ...]:
    """Judge the files of one answer by their content, in the order in which they came.

    PDFs, pictures, plain text and documents of office programs up to 10 MB are kept, ten at most.
    Of the others names, sizes and the reason are kept: a person can ask for them.

    Args:
        files: name and content of each; the same content twice is one.
        most: the largest file that is kept, in bytes.
    """
    once = {hashlib.sha256(body).hexdigest(): (name, body) for name, body in reversed([*files])}
    return tuple(_judged(dict(reversed(once.items())), most))


def _judged(files: dict[str, tuple[str, bytes]], most: int) -> Iterator[ReceivedFile]:
    kept = 0
    for sha, (name, body) in files.items():
        fate = _fate(body, most)
        if fate is FileFate.KEPT and kept >= MOST_FILES:
            fate = FileFate.TOO_MANY
        kept += fate is FileFate.KEPT
        yield ReceivedFile(
            name=safe_name(name),
            media_type=media_type(body),
            size=len(body),
            sha256=sha,
            fate=fate,
            body=body if fate is FileFate.KEPT else b"",
        )


def _fate(body: bytes, most: int) -> FileFate:
    if not body:
        return FileFate.EMPTY
    if len(body) > most:
        return FileFate.TOO_LARGE
    kind = media_type(body)
    office = kind == _ZIP and body[_NAME_IN_ZIP:].startswith(_OFFICE)
    return FileFate.KEPT if kind in _KEPT or office else FileFate.UNKNOWN_KIND
