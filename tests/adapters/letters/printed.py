"""A letter for the printer's tests, and how they read what was printed."""

from __future__ import annotations

from io import BytesIO

import segno
import typst
from pypdf import PdfReader

from adapters.letters.letter import (
    FiguresRow,
    FiguresTable,
    LetterContent,
    Paragraph,
    Party,
    Picture,
    WayToPay,
)

PAYLOAD = "BCD\n002\n1\nSCT\n\nAcme\nGB33BUKB20201555555555\nEUR1049.87"


def _png(payload: str) -> bytes:
    out = BytesIO()
    segno.make(payload, error="m").save(out, kind="png", scale=8, border=4)
    return out.getvalue()


FIGURES = (
    FiguresRow(label="Still open", value="EUR 1,000.00"),
    FiguresRow(label="Interest", value="EUR 9.87", note="Late Payment Act 1998", weight="part"),
    FiguresRow(label="Compensation", value="EUR 40.00", note="Directive 2011/7/EU", weight="part"),
    FiguresRow(label="Amount owed", value="EUR 1,049.87", weight="total"),
)
SHEET = LetterContent(
    language="en",
    subject="Second reminder: invoice INV-2026-7",
    sender=Party(name="Acme Supplies Ltd", lines=("1 High Street", "London EC1A 1BB")),
    recipient=Party(name="Globex GmbH", lines=("Accounts Payable", "80331 München")),
    date=FiguresRow(label="Date", value="9 March 2026"),
    greeting="Dear Ms Schmidt,",
    opening=(Paragraph(text="May we remind you?", items=("One thing", "Another thing")),),
    tables=(FiguresTable(title="Invoice INV-2026-7", rows=FIGURES),),
    totals=(FiguresRow(label="Please pay by", value="20 March 2026", weight="deadline"),),
    pay_heading="How to pay",
    ways=(
        WayToPay(
            label="Bank transfer",
            rows=(FiguresRow(label="IBAN", value="GB33 BUKB 2020 1555 5555 55"),),
        ),
        WayToPay(label="Online", link="https://pay.acme.example/i/7", button="Pay now"),
    ),
    pay_note="Please give the reference.",
    terms_heading="Payment terms",
    terms=("Net 30 days.", "Statutory interest."),
    follows=("Next comes a formal demand.",),
    ignore="If you have paid, please ignore this letter.",
    notes=("A copy is attached.",),
    contact="Ann Miller is glad to help.",
    regards="Kind regards",
    signature=("Ann Miller", "Acme Supplies"),
    codes=(Picture(name="epc", body=_png(PAYLOAD), alt="Transfer", caption="Scan to pay"),),
)


def pages(body: bytes) -> list[str]:
    """The words of each page."""
    return [page.extract_text() for page in PdfReader(BytesIO(body)).pages]


def leaf(text: str) -> bytes:
    """A PDF of one small page with a few words, such as the copy of an invoice."""
    return typst.compile(f"#set page(width: 9cm, height: 9cm)\n{text}".encode())
