"""The command `invoice import`: a file as it was exported, read and taken in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from starter.application import open_application
from starter.cli import files
from starter.cli import options as o
from starter.cli.commands.cases.invoice.import_order import ImportOrder, invoices
from starter.cli.ending import read_option_lines
from starter.cli.output import say, show_one
from starter.importing.exports.export import Export
from starter.importing.exports.reader import read_export
from starter.importing.files.cells import named
from starter.importing.files.invoices import INVOICE_FIELDS, read_invoices
from starter.importing.files.options import ReadOptions
from starter.importing.files.problems import FileError, ReadHint, ReadOption
from starter.importing.files.table import read_table


def import_(
    file: files.ExportFile,
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
    yes: Annotated[bool, typer.Option("--yes", help="Let live messages go out.")] = False,
    output: o.Output = o.OUTPUT,
) -> None:
    """Open a case for every unpaid invoice of a file; repeating it changes nothing.

    What the file says is settled is not opened; of the rest what is open is chased. Any error,
    any column that is not known, and any number that was opened before with other content refuses
    the whole file, unless you say --partial. docs/import.md has every column.

    Example: amicable invoice import open.csv --creditor acme --map number=InvoiceNo
    """
    told = ReadOptions(
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
    options = files.read_options(told, columns, constants, map_file)
    order = ImportOrder(
        creditor=named(creditor),
        export=_exact(file, options) if exact else read_export(file, options, partial=partial),
        policy=o.asked(policy),
        yes=yes,
        credit_notes=credit_notes,
        partial=partial,
    )
    _tell(order.export)
    show_one(invoices(open_application(), order), output)


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
