"""The route that takes in electronic invoices, as files in a JSON body."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated, Any

from fastapi.responses import JSONResponse
from pydantic import ConfigDict, Field

from adapters.einvoice.invoice_files import InvoiceDocument, read_invoice_file
from starter.api.dependencies import Asked, shown_json
from starter.api.errors import HttpProblem
from starter.api.fields import Name, Short, Strict
from starter.api.schemas import Shown
from starter.api.wake_queue import QueueStarter
from starter.importing.einvoices.taking_invoices import (
    EInvoiceOrder,
    foreseen_einvoices,
    reading_of,
    sorted_einvoices,
    take_in_einvoices,
)

MOST_INVOICE_FILES = 100
_EXAMPLE: dict[str, Any] = {
    "files": [{"name": "2026-0007.xml", "content": "PEludm9pY2UgeG1sbnM9…"}],
    "terms": "30 days",
}


class InvoiceFile(Strict):
    """A file as the billing system made it."""

    name: Annotated[Name, Field(description="The file's name; errors name it.")]
    content: Annotated[str, Field(min_length=4, description="The file itself, in Base64.")]


class NewInvoices(Strict):
    """Electronic invoices: UBL, CII, PDF with either, FatturaPA, KSeF, Facturae, or a ZIP."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    files: Annotated[list[InvoiceFile], Field(min_length=1, max_length=MOST_INVOICE_FILES)]
    terms: Annotated[
        Short, Field(description="The usual terms, where an invoice tells no due date.")
    ] = ""
    customers: Annotated[
        dict[str, str] | None,
        Field(description="By number of an invoice, your id of its customer.", max_length=1000),
    ] = None
    partial: Annotated[bool, Field(description="Take in what is right, list what is wrong.")] = (
        False
    )
    dry_run: Annotated[bool, Field(description="Show what would be opened, change nothing.")] = (
        False
    )


_Row = dict[str, Any]


class InvoicesTaken(Shown):
    """What became of electronic invoices: opened, known, credited, left out, asked about.

    A dry run answers with `would_open` instead.
    """

    creditor: str


def import_invoices(new: NewInvoices, ask: Asked) -> JSONResponse:
    """Take in electronic invoices; the same invoice again changes nothing."""
    documents = [one for file in new.files for one in _read(file)]
    reading = reading_of(new.terms, "UTC", new.customers or {})
    order = EInvoiceOrder(
        creditor=ask.creditor, documents=documents, reading=reading, partial=new.partial
    )
    if new.dry_run:
        made = sorted_einvoices(ask.application, order)
        return shown_json(foreseen_einvoices(ask.application, order, made, ask.now))
    return shown_json(take_in_einvoices(ask.application, order, QueueStarter(ask.wake), ask.now))


def _read(file: InvoiceFile) -> list[InvoiceDocument]:
    try:
        body = base64.b64decode(file.content, validate=True)
    except (binascii.Error, ValueError):
        raise HttpProblem("invalid", "content: is no Base64", field="content") from None
    return read_invoice_file(file.name, body)
