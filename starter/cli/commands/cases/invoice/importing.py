"""The command `invoice import`: a file as it was exported, read and taken in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from adapters.runtime.machine import machine_clock
from starter.application import open_application
from starter.cli import files
from starter.cli import options as o
from starter.cli.commands.cases.invoice.electronic import electronic_invoices, import_electronic
from starter.cli.commands.cases.invoice.import_order import invoices
from starter.cli.ending import read_option_lines
from starter.cli.output import say, show_one
from starter.importing.einvoices.taking_invoices import reading_of
from starter.importing.exports.export import NOTHING_READ, Export
from starter.importing.exports.reader import read_export
from starter.importing.files.cells import named
from starter.importing.files.invoices import INVOICE_FIELDS, read_invoices
from starter.importing.files.options import ReadOptions, pairs
from starter.importing.files.problems import FileError, ReadHint, ReadOption
from starter.importing.files.table import read_table
from starter.importing.intake.foreseeing import foreseen_import
from starter.importing.intake.taking_in import ImportOrder, prepare_import


def import_(
    file: files.ExportFiles,
    *,
    creditor: o.Creditor = o.CREDITOR,
    policy: o.PolicyName = "",
    columns: files.Map = [],  # noqa: B006 - read, never changed
    constants: files.Set = [],  # noqa: B006 - read, never changed
    map_file: files.MapFile = "",
    profile: files.ExportProfile = "",
    ignore: files.Ignore = [],  # noqa: B006 - read, never changed
    statuses: files.Statuses = [],  # noqa: B006 - read, never changed
    dates: files.Dates = "",
    decimal_comma: files.DecimalComma = False,
    decimal_point: files.DecimalPoint = False,
    lines: files.Lines = "",
    encoding: files.Encoding = "",
    separator: files.Separator = "",
    sheet: files.SheetName = "",
    country: files.Country = "",
    zone: files.Zone = "UTC",
    credit_notes: files.Credits = False,
    partial: files.Partial = False,
    exact: files.Exact = False,
    terms: files.UsualTerms = "",
    customers: files.CustomersOfInvoices = [],  # noqa: B006 - read, never changed
    update: files.Update = False,
    dry_run: files.DryRun = False,
    yes: Annotated[bool, typer.Option("--yes", help="Let live messages go out.")] = False,
    output: o.Output = o.OUTPUT,
) -> None:
    """Open a case for every unpaid invoice of a file; repeating it changes nothing.

    It is one table of invoices (CSV, XLSX …), or any number of electronic invoices: UBL, CII,
    Factur-X and ZUGFeRD (the PDF is kept as the copy), FatturaPA, KSeF, Facturae, or a ZIP of them.
    What the file says is settled is not opened; of the rest what is open is chased. Any error,
    any column that is not known, and any number that was opened before with other content refuses
    all of it, unless you say --partial. docs/import.md has every column, docs/invoices.md every
    electronic format.

    Example: amicable invoice import open.csv --creditor acme --map number=InvoiceNo
    """
    order = ImportOrder(creditor=named(creditor), export=NOTHING_READ, policy=o.asked(policy))
    order = replace(order, yes=yes, credit_notes=credit_notes, partial=partial, update=update)
    if read := electronic_invoices(file, partial=partial):
        reading = reading_of(terms, zone, pairs(customers, "--customer"))
        show_one(import_electronic(order, read, reading, dry_run=dry_run), output)
        return
    given = ReadOptions(
        date_format=dates,
        decimal_comma=decimal_comma,
        decimal_point=decimal_point,
        country=country,
        zone=zone,
        encoding=encoding,
        separator=separator,
        sheet=sheet,
        profile=profile,
        ignored=tuple(ignore),
        meanings=files.meanings(statuses),
        lines=lines,
    )
    options = files.read_options(given, columns, constants, map_file)
    export = _exported(file[0], options, exact=exact, partial=partial)
    show_one(_import_table(replace(order, export=export), dry_run=dry_run), output)


def _exported(file: Path, options: ReadOptions, *, exact: bool, partial: bool) -> Export:
    return _exact(file, options) if exact else read_export(file, options, partial=partial)


def _import_table(order: ImportOrder, *, dry_run: bool) -> dict[str, Any]:
    """Take a table in, or show what would be done."""
    _tell(order.export)
    application = open_application()
    if not dry_run:
        return invoices(application, order)
    return foreseen_import(application, prepare_import(application, order, machine_clock()))


def _exact(file: Path, options: ReadOptions) -> Export:
    """A file in our own form, nothing of it found out; an unknown column refuses it."""
    unknown = [
        name
        for name in read_table(file, INVOICE_FIELDS, options).ignored
        if name not in options.ignored and "*" not in options.ignored
    ]
    if unknown:
        lines = [
            f"{file}:1: {name}: is not known here; else say that it is left out" for name in unknown
        ]
        raise FileError(lines, [ReadHint(ReadOption.IGNORED, name) for name in unknown])
    return Export(rows=tuple(read_invoices(file, options)))


def _tell(found: Export) -> None:
    """How the file was read, and what of it is not taken in."""
    for note in found.notes:
        say(note)
    if found.ignored:
        say(f"left out as you said: {', '.join(found.ignored)}")
    for line in found.refused:
        say(f"left over: {line}")
    for line in read_option_lines(found.hints):
        say(line)
