"""What the codes of UNTDID 1001 and 4461 mean here, as EN 16931 uses them."""

from __future__ import annotations

from adapters.einvoice.invoice_fields import at_fault, one_line
from adapters.xml.safe_xml import XmlElement
from domain.einvoice.document import DocumentKind

_INVOICES = frozenset(
    map(
        str,
        (
            *(71, 80, 82, 84, 102, 130, 202, 203, 204, 211, 218, 219, 295, 326, 331, 380, 382, 383),
            *(385, 386, 387, 388, 389, 390, 393, 394, 395, 456, 457, 527, 553, 575, 623, 633, 751),
            *(780, 817, 870, 875, 876, 877, 935),
        ),
    )
)
_CREDIT_NOTES = frozenset(map(str, (81, 83, 261, 262, 296, 308, 381, 396, 420, 458, 502, 503, 532)))
_CORRECTIONS = {"384": "a corrected invoice", "471": "a corrected self-billed invoice"}
_NO_CLAIMS = {"325": "a pro-forma invoice", "310": "an offer", "220": "an order"}
_COLLECTED = frozenset({"48", "49", "54", "55", "59"})
"""Cards and direct debits: the seller takes the money itself."""

DocumentType = tuple[DocumentKind, str]


def kind_of_code(found: XmlElement) -> DocumentType:
    """Tell what a type code means, and how it is called.

    Raises:
        InvoiceFileError: if it is not known.
    """
    code = (found.text or "").strip()
    if code in _INVOICES:
        return DocumentKind.INVOICE, f"an invoice (type {code})"
    if code in _CREDIT_NOTES:
        return DocumentKind.CREDIT_NOTE, f"a credit note (type {code})"
    if code in _CORRECTIONS:
        return DocumentKind.CORRECTION, f"{_CORRECTIONS[code]} (type {code})"
    if code in _NO_CLAIMS:
        return DocumentKind.NO_CLAIM, f"{_NO_CLAIMS[code]} (type {code})"
    way_out = "open it by hand if it is an invoice"
    raise at_fault(found, f"{one_line(code)[:10]!r} is no type of invoice that is known; {way_out}")


def is_collected(code: str) -> bool:
    """Tell whether a code of payment means says that the seller takes the money itself."""
    return code in _COLLECTED
