"""Reads the text of a file that a stranger sent: plain text, tables, PDF; nothing is run."""

from __future__ import annotations

import io
import logging
import struct
import zlib
from itertools import islice

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from domain.bank.remittance import LARGEST_ADVICE

MOST_PAGES = 10
MOST_TEXT = 200_000
_TEXTS = ("utf-8-sig", "cp1252")

# Whatever a broken PDF makes the reader stumble over.
_UNREADABLE = (
    *(PyPdfError, ArithmeticError, AssertionError, AttributeError, LookupError),
    *(NotImplementedError, OSError, RecursionError, TypeError, ValueError),
    *(struct.error, zlib.error),
)

# It warns with parts of the file, which may name a customer.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def text_of_file(body: bytes) -> str:
    """Read the text of a PDF or a text; empty if it is too large or has none."""
    if len(body) > LARGEST_ADVICE:
        return ""
    if body.startswith(b"%PDF-"):
        return _of_pdf(body)
    if b"\0" in body:
        return ""
    return _decoded(body)[:MOST_TEXT]


def _decoded(body: bytes) -> str:
    for encoding in _TEXTS:
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    return ""


def _of_pdf(body: bytes) -> str:
    read: list[str] = []
    try:
        for page in islice(PdfReader(io.BytesIO(body)).pages, MOST_PAGES):
            read.append(page.extract_text())
            if sum(map(len, read)) > MOST_TEXT:
                break
    except _UNREADABLE:
        return ""
    return "\n".join(read)[:MOST_TEXT]
