"""Finds out what an electronic invoice is and reads it: XML, PDF, signed, also in a ZIP."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from adapters.einvoice.cii import CII_ROOTS, read_cii
from adapters.einvoice.embedded import embedded_invoice, is_pdf
from adapters.einvoice.facturae import FACTURAE_ROOTS, read_facturae
from adapters.einvoice.fatturapa import FATTURA_ROOTS, read_fattura
from adapters.einvoice.ksef import KSEF_ROOTS, read_ksef
from adapters.einvoice.refused_invoice import InvoiceFileError
from adapters.einvoice.signed_envelope import is_signed, unwrapped
from adapters.einvoice.ubl import UBL_ROOTS, read_ubl
from adapters.files.archives import BROKEN_ARCHIVE, ZIP, ArchiveLimits, unpacked
from adapters.xml.safe_xml import XmlElement, read_xml
from domain.einvoice.document import ElectronicInvoice

LARGEST_INVOICE_FILE = 50_000_000
"""A file that is larger is no invoice."""

_ARCHIVES = ArchiveLimits(files=5000, size=500_000_000, kind="invoices", error=InvoiceFileError)

_Read = Callable[[XmlElement], list[ElectronicInvoice]]

_READERS: dict[str, _Read] = {
    **dict.fromkeys(UBL_ROOTS, read_ubl),
    **dict.fromkeys(CII_ROOTS, read_cii),
    **dict.fromkeys(FATTURA_ROOTS, read_fattura),
    **dict.fromkeys(KSEF_ROOTS, read_ksef),
    **dict.fromkeys(FACTURAE_ROOTS, read_facturae),
}
_WRAPPERS = ("StandardBusinessDocument",)


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceDocument:
    """An invoice with the file that it stands in.

    Attributes:
        copy: the PDF that people read; empty if there is none.
    """

    file: str
    invoice: ElectronicInvoice
    copy: bytes = b""


def is_invoice_file(body: bytes) -> bool:
    """Tell whether a file may be an electronic invoice, rather than a table of invoices."""
    if body.startswith(ZIP):
        return _holds_invoices(body)
    return is_pdf(body) or is_signed(body) or _is_xml(body)


def read_invoice_file(name: str, body: bytes) -> list[InvoiceDocument]:
    """Read the invoices of a file.

    Raises:
        InvoiceFileError: naming file, line and element.
    """
    found: list[InvoiceDocument] = []
    for inner, content in unpacked(name, body, _ARCHIVES):
        try:
            found += _read(inner, content)
        except InvoiceFileError as error:
            raise error.of(inner) from None
    if not found:
        raise InvoiceFileError("holds no invoice", file=name)
    return found


def _read(name: str, body: bytes) -> list[InvoiceDocument]:
    if len(body) > LARGEST_INVOICE_FILE:
        raise InvoiceFileError(f"is larger than {LARGEST_INVOICE_FILE // 1_000_000} MB")
    copy, xml = b"", unwrapped(body)
    if is_pdf(xml) and not _is_xml(xml):
        copy, xml = xml, embedded_invoice(xml)
    if not _is_xml(xml):
        known = "UBL, CII, Factur-X, ZUGFeRD, FatturaPA, KSeF's FA or Facturae"
        raise InvoiceFileError(f"is no {known}")
    root = read_xml(xml, InvoiceFileError)
    return [InvoiceDocument(file=name, invoice=one, copy=copy) for one in _of_root(root)]


def _of_root(root: XmlElement) -> list[ElectronicInvoice]:
    if root.name in _WRAPPERS:
        inner = (one for one in root if isinstance(one, XmlElement) and one.name in _READERS)
        root = next(inner, root)
    if root.name not in _READERS:
        known = ", ".join(_READERS)
        raise InvoiceFileError(f"is none of {known}", line=root.line, part=root.name[:60])
    return _READERS[root.name](root)


def _is_xml(body: bytes) -> bool:
    """Whether it begins as XML does, in any of the encodings that XML is written in."""
    head = body[:200].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n")
    return head.startswith(b"<")


def _holds_invoices(body: bytes) -> bool:
    """Whether an archive holds such files; a spreadsheet is an archive as well."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            names = [one.filename.lower() for one in archive.infolist() if not one.is_dir()]
    except BROKEN_ARCHIVE:
        return False
    sheet = any(name in {"[content_types].xml", "content.xml"} for name in names)
    return not sheet and any(name.endswith((".xml", ".pdf", ".p7m", ".xsig")) for name in names)
