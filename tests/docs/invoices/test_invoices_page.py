"""The page about electronic invoices: its sample is read, and it leaves no format or source out."""

from __future__ import annotations

import json
import re

from adapters.einvoice.invoice_files import read_invoice_file
from domain.einvoice.claims import DueFrom
from starter.importing.einvoices.claims import EInvoiceReading, einvoice_import
from tests.docs.pages import ROOT
from tests.starter.importing.einvoices.buyers import nobody_known

PAGE = (ROOT / "docs" / "invoices.md").read_text(encoding="utf-8")


def test_the_sample_becomes_what_the_page_says() -> None:
    (sample,) = re.findall(r"```xml example\n(.*?)```", PAGE, re.DOTALL)
    (result,) = re.findall(r"```json example\n(.*?)\n```", PAGE, re.DOTALL)
    documents = read_invoice_file("sample.xml", sample.encode())
    made = einvoice_import(nobody_known(), None, "acme", documents, EInvoiceReading())
    (row,) = made.rows
    assert row.discount
    assert row.paid
    told = {
        "number": row.number,
        "customer": row.debtor.id,
        "issued": row.issued.isoformat(),
        "due": row.due.isoformat(),
        "due_from": made.due_from[row.number],
        "amount": row.amount.plain,
        "paid": row.paid.plain,
        "discount": [f"{row.discount.minor / 100:.2f}", row.discount.until.isoformat()],
    }
    assert told == json.loads(result)


def test_the_page_names_every_source_of_a_due_date() -> None:
    assert {*DueFrom} <= set(re.findall(r"`(\w+)`", PAGE))
