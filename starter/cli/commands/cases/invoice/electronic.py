"""Electronic invoices on the command line: read, shown beforehand if asked, and taken in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from adapters.einvoice.invoice_files import InvoiceDocument, is_invoice_file, read_invoice_file
from adapters.einvoice.refused_invoice import InvoiceFileError
from adapters.files.whole import whole_file
from adapters.runtime.machine import machine_clock
from starter.application import open_application
from starter.cli.commands.cases.invoice.import_order import import_watched
from starter.cli.errors import UsageError
from starter.cli.output import say
from starter.importing.einvoices.claims import EInvoiceReading
from starter.importing.einvoices.taking_invoices import (
    EInvoiceOrder,
    finish_einvoices,
    foreseen_einvoices,
    import_order_of,
    sorted_einvoices,
)
from starter.importing.files.problems import FileError
from starter.importing.intake.taking_in import ImportOrder


@dataclass(frozen=True, slots=True)
class ReadInvoices:
    """The electronic invoices among some files, and what could not be read of them."""

    documents: tuple[InvoiceDocument, ...]
    refused: tuple[str, ...]


def electronic_invoices(files: Sequence[Path], *, partial: bool) -> ReadInvoices | None:
    """Read files that are electronic invoices; None if it is one table of invoices.

    Raises:
        FileError: naming each file that cannot be read, unless a part may go in.
        UsageError: if tables and electronic invoices, or several tables, are named together.
    """
    bodies = [(file, whole_file(file)) for file in files]
    kinds = {is_invoice_file(body) for _, body in bodies}
    if kinds == {False} and len(files) == 1:
        return None
    if False in kinds:
        tables = ", ".join(str(file) for file, body in bodies if not is_invoice_file(body))
        raise UsageError(f"name one table at a time, and no electronic invoices with it: {tables}")
    return _read(bodies, partial=partial)


def _read(bodies: Sequence[tuple[Path, bytes]], *, partial: bool) -> ReadInvoices:
    found, refused = list[InvoiceDocument](), list[str]()
    for file, body in bodies:
        try:
            found += read_invoice_file(file.name, body)
        except InvoiceFileError as error:
            refused.append(str(error))
    if refused and not partial:
        raise FileError(refused)
    return ReadInvoices(tuple(found), tuple(refused))


def import_electronic(
    asked: ImportOrder, read: ReadInvoices, reading: EInvoiceReading, *, dry_run: bool
) -> dict[str, Any]:
    """Take electronic invoices in as it was asked for, or show what would be done.

    Raises:
        UsageError: if they are to change what was opened before: an invoice never does.
    """
    if asked.update:
        raise UsageError("--update is for lists; an invoice is put right with `invoice correct`")
    order = EInvoiceOrder(
        creditor=asked.creditor,
        documents=read.documents,
        reading=reading,
        policy=asked.policy,
        partial=asked.partial,
        yes=asked.yes,
    )
    application = open_application()
    made = sorted_einvoices(application, order)
    made.refused += read.refused
    if dry_run:
        return foreseen_einvoices(application, order, made, machine_clock())
    for note in made.export.notes:
        say(note)
    for line in made.refused:
        say(f"left over: {line}")
    done = import_watched(application, import_order_of(order, made))
    return finish_einvoices(application, made, done)
