"""Takes the invoice out of a PDF that carries it: Factur-X and ZUGFeRD of any version."""

from __future__ import annotations

import io
import logging
import struct
import zlib
from collections.abc import Iterator
from itertools import islice

from pypdf import PdfReader
from pypdf.errors import FileNotDecryptedError, PyPdfError

from adapters.einvoice.refused_invoice import InvoiceFileError

_NAMES = ("factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml", "cii.xml", "order-x.xml")
_MOST_XML = 20_000_000
_MOST_FILES = 100

# Whatever a broken PDF makes the reader stumble over.
_UNREADABLE = (
    *(PyPdfError, ArithmeticError, AssertionError, AttributeError, LookupError),
    *(NotImplementedError, OSError, RecursionError, TypeError, ValueError),
    *(struct.error, zlib.error),
)

# It warns with parts of the file, which may name a customer.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def is_pdf(body: bytes) -> bool:
    """Tell whether a file is a PDF."""
    return b"%PDF-" in body[:1024]


def embedded_invoice(body: bytes) -> bytes:
    """Take out the invoice.

    Raises:
        InvoiceFileError: if there is none, or the PDF cannot be read.
    """
    try:
        found = dict(_attachments(body))
    except FileNotDecryptedError:
        raise InvoiceFileError("this PDF is encrypted; export it without a password") from None
    known = [found[name] for name in _NAMES if name in found]
    others = [one for name, one in found.items() if name.endswith(".xml")]
    for xml in (known or others)[:1]:
        if len(xml) > _MOST_XML:
            raise InvoiceFileError("the invoice within the PDF is too large")
        return xml
    way_out = "open it by hand, or import the invoice itself as XML"
    raise InvoiceFileError(f"is a PDF without an electronic invoice in it; {way_out}")


def _attachments(body: bytes) -> Iterator[tuple[str, bytes]]:
    """The attached files with their names in small letters."""
    try:
        yield from _read_attachments(body)
    except FileNotDecryptedError:
        raise
    except _UNREADABLE as error:
        raise InvoiceFileError("this PDF cannot be read") from error


def _read_attachments(body: bytes) -> Iterator[tuple[str, bytes]]:
    reader = PdfReader(io.BytesIO(body))
    if reader.is_encrypted:
        raise FileNotDecryptedError
    for one in islice(reader.attachment_list, _MOST_FILES):
        name = (one.alternative_name or one.name or "").lower()
        if name.endswith(".xml"):
            yield name, one.content
