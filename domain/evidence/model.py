"""Evidence: files kept with a case because they may be needed later (P03)."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime

from domain.card_numbers import without_card_numbers
from domain.errors import InvalidError

LARGEST = 10 * 1024 * 1024
"""Bytes: a scan fits, an archive of scans does not."""

LARGEST_COPY = 5 * 1024 * 1024
"""Bytes: the copy of an invoice goes along with mails, and mailboxes refuse large ones."""

INVOICE = "invoice"
"""The role of a file that is the invoice itself: letters attach the newest one (P23)."""

_ROLES = ("", INVOICE)
PDF = "application/pdf"
OLD_OFFICE = "application/x-ole-storage"
"""What office programs wrote before their documents were archives."""

LONGEST_NAME = 120

_BEGINNINGS = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"PK\x03\x04", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE),
)
_SHAPES = (
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), "image/webp"),
    (re.compile(rb".{4}ftyp(?:hei[cxms]|hev[cx]|mif1|msf1)", re.DOTALL), "image/heic"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A file as it is handed in.

    Attributes:
        name: made safe: no folders, nothing hidden, no control characters.
        media_type: by what the file begins with, never by what its name claims.
        ref: the dispute it belongs to, by its key; empty for the case as a whole.
        role: ``invoice`` for a copy of the invoice, which letters attach; else empty.
    """

    name: str
    media_type: str
    body: bytes
    sha256: str
    ref: str = ""
    note: str = ""
    by: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A kept file without its content; the same content is kept once per case.

    Attributes:
        size: bytes.
        at: when it was kept (UTC, database clock).
        role: ``invoice`` for a copy of the invoice.
    """

    name: str
    media_type: str
    sha256: str
    size: int
    ref: str
    note: str
    by: str
    at: datetime
    role: str = ""


def filed(name: str, body: bytes, *, ref: str = "", note: str = "", by: str = "") -> Filed:
    """A file that may be kept.

    Raises:
        InvalidError: if it is empty or larger than 10 MB.
    """
    if not body:
        raise InvalidError(f"{safe_name(name)} is empty", field="file")
    if len(body) > LARGEST:
        most = LARGEST // 1024 // 1024
        raise InvalidError(
            f"{safe_name(name)} is larger than {most} MB; make it smaller, or keep a part of it",
            field="file",
        )
    return Filed(
        name=safe_name(name),
        media_type=media_type(body),
        body=body,
        sha256=hashlib.sha256(body).hexdigest(),
        ref=ref,
        note=without_card_numbers(note),
        by=by,
    )


def as_invoice(file: Filed) -> Filed:
    """The same file as a copy of the invoice, which letters attach (P23).

    Raises:
        InvalidError: if it is no PDF or larger than 5 MB.
    """
    copy = replace(file, role=INVOICE)
    refuse_role(copy)
    return copy


def refuse_role(file: Filed) -> None:
    """Refuse a file that cannot be what its role says.

    Raises:
        InvalidError: naming the file and the way out.
    """
    if file.role not in _ROLES:
        way_out = f"leave it out, or write {INVOICE!r}"
        raise InvalidError(f"{file.role!r} is no role of a file; {way_out}", field="role")
    if file.role == INVOICE and media_type(file.body) != PDF:
        raise InvalidError(
            f"{file.name} is no PDF; print or export the invoice as a PDF and add that",
            field="file",
        )
    if file.role == INVOICE and len(file.body) > LARGEST_COPY:
        most = LARGEST_COPY // 1024 // 1024
        raise InvalidError(
            f"{file.name} is larger than {most} MB, too large to go along with mails; "
            "export the invoice in a lower resolution",
            field="file",
        )


def safe_name(name: str) -> str:
    """Reduce a path to its last part, in one line, that hides nothing and leads nowhere."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(" " if unicodedata.category(char)[0] in "CZ" else char for char in last)
    plain = " ".join(plain.split()).lstrip(". -")
    stem, dot, ending = plain.rpartition(".")
    if dot and stem and len(ending) <= 10:  # noqa: PLR2004 - as long as an ending gets
        return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"
    return plain[:LONGEST_NAME] or "file"


def media_type(body: bytes) -> str:
    """Detect what a file is by its first bytes; an unknown one is just bytes."""
    for beginning, kind in _BEGINNINGS:
        if body.startswith(beginning):
            return kind
    for shape, kind in _SHAPES:
        if shape.match(body):
            return kind
    return "text/plain" if _is_text(body) else "application/octet-stream"


def _is_text(body: bytes) -> bool:
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    # What a browser might run is no plain text, whatever else it is.
    harmless = not text.lstrip("\ufeff \t\r\n").startswith("<")
    return harmless and not any(ord(char) < 32 and char not in "\t\r\n\f" for char in text)  # noqa: PLR2004 - ASCII's controls
