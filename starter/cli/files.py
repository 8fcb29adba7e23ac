"""The options by which a file is read, together."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from adapters.bank.bank_files import BankProfiles
from adapters.bank.tables.csv_profile import read_profile
from adapters.files.whole import whole_file
from domain.words import unknown_word
from starter.cli.errors import UsageError
from starter.importing.exports.grouping import LineAmounts
from starter.importing.exports.profiles import NONE, profile_names
from starter.importing.exports.settling import Meaning
from starter.importing.files.options import ReadOptions, pairs, with_mapping_file

_MEANINGS = (*Meaning, "invoice", "credit_note", "other")

File = Annotated[Path, typer.Argument(help="A CSV file in UTF-8, with commas or semicolons.")]
ExportFiles = Annotated[
    list[Path],
    typer.Argument(help="A CSV file or a spreadsheet (XLSX, XLS, ODS), or electronic invoices."),
]
UsualTerms = Annotated[
    str,
    typer.Option("--terms", help="'30 days': where an electronic invoice tells no due date."),
]
CustomersOfInvoices = Annotated[
    list[str],
    typer.Option("--customer", help="An electronic invoice's number=your id of its customer."),
]
Update = Annotated[
    bool,
    typer.Option("--update", help="Take in what the list says anew of cases that are open."),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Show what would be opened, and change nothing.")
]
BankTableProfiles = Annotated[
    list[Path] | None,
    typer.Option("--profile", help="A TOML file with how a bank writes its CSV; may be repeated."),
]
Map = Annotated[
    list[str], typer.Option("--map", help="Our field=the file's header; may be repeated.")
]
MapFile = Annotated[
    str, typer.Option("--map-file", help="A TOML file with columns, constants, date_format …")
]
Set = Annotated[
    list[str], typer.Option("--set", help="Our field=a value for every line without one.")
]
DateFormat = Annotated[
    str, typer.Option("--date-format", help="Such as DD/MM/YYYY or M/D/YYYY; ISO unless given.")
]
DecimalComma = Annotated[
    bool, typer.Option("--decimal-comma", help="Amounts are written 1.234,56.")
]
Country = Annotated[str, typer.Option(help="ISO code of customers that name no country.")]
Zone = Annotated[str, typer.Option(help="IANA time zone of customers that name none.")]

Dates = Annotated[
    str,
    typer.Option(
        "--dates",
        "--date-format",
        help="DMY, MDY or YMD, or a format such as DD/MM/YYYY; found out if only one fits.",
    ),
]
DecimalPoint = Annotated[
    bool, typer.Option("--decimal-point", help="Amounts are written 1,234.56; else found out.")
]
ExportProfile = Annotated[
    str,
    typer.Option(
        "--profile", help=f"The program it comes from: {', '.join(profile_names())}, or {NONE}."
    ),
]
Ignore = Annotated[
    list[str],
    typer.Option("--ignore", help="A column that means nothing here; '*' for all unknown ones."),
]
Statuses = Annotated[
    list[str],
    typer.Option("--status", help=f"The file's word=what it means: {', '.join(_MEANINGS)}."),
]
Lines = Annotated[
    str,
    typer.Option(help="Amounts of line items: each repeats the invoice's total, or they make sum."),
]
Encoding = Annotated[str, typer.Option(help="Such as cp1252 or utf-16; found out unless given.")]
Separator = Annotated[
    str, typer.Option(help="comma, semicolon, tab, pipe or any sign; found out unless given.")
]
SheetName = Annotated[str, typer.Option("--sheet", help="The sheet of a spreadsheet.")]
Exact = Annotated[
    bool,
    typer.Option("--exact", help="Find out nothing: UTF-8, our columns, ISO dates, plain amounts."),
]
Partial = Annotated[
    bool, typer.Option("--partial", help="Take in what is right, list what is wrong.")
]
Credits = Annotated[
    bool, typer.Option("--credits", help="Record credit notes that name their invoice.")
]


def read_options(
    told: ReadOptions, columns: list[str], constants: list[str], file: str
) -> ReadOptions:
    """Read what the command line says of a file, completed by the mapping file.

    Raises:
        DomainError: if a pair is not understood, or the mapping file cannot be used.
    """
    options = ReadOptions(
        columns=pairs(columns, "--map"),
        constants=pairs(constants, "--set"),
        date_format=told.date_format,
        decimal_comma=told.decimal_comma,
        country=told.country.upper(),
        zone=told.zone,
        source=told.source,
        creditor=told.creditor,
        encoding=told.encoding,
        separator=told.separator,
        sheet=told.sheet,
        profile=told.profile,
        ignored=told.ignored,
        meanings=told.meanings,
        lines=told.lines,
        decimal_point=told.decimal_point,
    )
    return _checked(with_mapping_file(options, Path(file)) if file else options)


def meanings(words: list[str]) -> dict[str, str]:
    """What words of a status column mean.

    Raises:
        DomainError: if a pair is not understood.
    """
    return pairs(words, "--status")


def _checked(options: ReadOptions) -> ReadOptions:
    """Refuse words that mean nothing, before a file is looked at.

    Raises:
        UsageError: with the word that was probably meant.
    """
    for word, meaning in options.meanings.items():
        if meaning not in _MEANINGS:
            raise UsageError(f"--status {word}: {unknown_word(meaning, 'meaning', _MEANINGS)}")
    if options.lines and options.lines not in list(LineAmounts):
        raise UsageError(f"--lines {unknown_word(options.lines, 'way', LineAmounts)}")
    if options.decimal_comma and options.decimal_point:
        raise UsageError("--decimal-comma and --decimal-point cannot both be right; say one")
    return options


def own_profiles(files: list[Path] | None) -> BankProfiles:
    """Read how banks write their tables.

    Raises:
        DomainError: naming file and key, if one cannot be read.
    """
    return [read_profile(file.name, whole_file(file)) for file in files or ()]
