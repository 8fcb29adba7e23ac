"""Takes in electronic invoices: opens, credits, keeps copies, and asks about the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from activities.ports.stores.errors import NotKnownError
from activities.services.einvoice.intake import EInvoiceService
from adapters.einvoice.invoice_files import InvoiceDocument
from adapters.runtime.machine import machine_clock
from adapters.wiring.einvoices import einvoice_service
from domain.einvoice.terms_text import agreed_terms
from domain.ids import CaseId
from domain.parties.people import Creditor
from domain.policy.model import Policy
from starter.application import Application
from starter.importing.einvoices.claims import EInvoiceImport, EInvoiceReading, einvoice_import
from starter.importing.files.problems import FileError
from starter.importing.intake.foreseeing import foreseen_import
from starter.importing.intake.taking_in import (
    CaseStarter,
    ImportDone,
    ImportOrder,
    carry_out_import,
    prepare_import,
    shown_import,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EInvoiceOrder:
    """Electronic invoices to be taken in.

    Attributes:
        policy: what was asked for; None leaves it to what was chosen for creditor and customers.
        partial: what is wrong is left over, and the rest goes in.
    """

    creditor: str
    documents: Sequence[InvoiceDocument]
    reading: EInvoiceReading = field(default_factory=EInvoiceReading)
    policy: Policy | None = None
    partial: bool = False
    yes: bool = False


def sorted_einvoices(application: Application, order: EInvoiceOrder) -> EInvoiceImport:
    """Sort documents by what becomes of them.

    Raises:
        FileError: naming what is wrong, unless a part may go in.
    """
    company = known_company(application, order.creditor)
    service = _service(application)
    made = einvoice_import(service, company, order.creditor, order.documents, order.reading)
    if made.refused and not order.partial:
        raise FileError(made.refused)
    return made


def _service(application: Application) -> EInvoiceService:
    return einvoice_service(application.engine, machine_clock)


def known_company(application: Application, creditor: str) -> Creditor | None:
    """Find what is known of the creditor; None if it was never described."""
    try:
        return application.creditors.show(creditor)
    except NotKnownError:
        return None


def import_order_of(order: EInvoiceOrder, made: EInvoiceImport) -> ImportOrder:
    """Make the order that any import takes; credit notes that name their invoice count."""
    return ImportOrder(
        creditor=order.creditor,
        export=made.export,
        policy=order.policy,
        yes=order.yes,
        credit_notes=True,
        partial=order.partial,
    )


def take_in_einvoices(
    application: Application, order: EInvoiceOrder, starter: CaseStarter, now: datetime
) -> dict[str, Any]:
    """Take in electronic invoices, for a program; repeating it changes nothing.

    Raises:
        FileError: naming what is wrong; nothing was opened.
        ConflictError: if a number was opened before with other content; nothing was opened.
    """
    made = sorted_einvoices(application, order)
    prepared = prepare_import(application, import_order_of(order, made), now)
    done = carry_out_import(application, prepared, starter)
    return finish_einvoices(application, made, done)


def finish_einvoices(
    application: Application, made: EInvoiceImport, done: ImportDone
) -> dict[str, Any]:
    """Keep the copies of invoices that are open, ask about the rest, and show what was done."""
    creditor = done.batch.creditor
    for row in done.batch.rows:
        if copy := made.copies.get(row.number):
            application.desk.file_evidence(str(CaseId(creditor, row.number)), copy)
    _service(application).answered(creditor, [row.number for row in done.batch.rows])
    opened = {row.number for row in done.batch.rows}
    for one in made.asked:
        _service(application).ask(creditor, one.number, one.why)
    copies = len(made.copies.keys() & opened)
    told = {"copies": copies} if copies else {}
    return shown_import(application, done) | told | _asked_and_more(made)


def foreseen_einvoices(
    application: Application, order: EInvoiceOrder, made: EInvoiceImport, now: datetime
) -> dict[str, Any]:
    """Show what taking electronic invoices in would do, without changing anything."""
    prepared = prepare_import(application, import_order_of(order, made), now)
    return foreseen_import(application, prepared) | _asked_and_more(made)


def _asked_and_more(made: EInvoiceImport) -> dict[str, Any]:
    told = {
        "asked": [{"file": one.place, "number": one.number, "why": one.why} for one in made.asked],
        "due_from": dict(made.due_from),
        "notes": list(made.export.notes),
    }
    return {name: value for name, value in told.items() if value}


def reading_of(terms: str, zone: str, customers: Mapping[str, str]) -> EInvoiceReading:
    """Make the way in which electronic invoices are read.

    Raises:
        DomainError: if the usual terms are not understood for certain.
    """
    return EInvoiceReading(terms=agreed_terms(terms), zone=zone, customers=customers)
