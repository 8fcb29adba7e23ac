"""The options by which a CSV file is read, together."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from starter.importing.files.options import ReadOptions, pairs, with_mapping_file

File = Annotated[Path, typer.Argument(help="A CSV file in UTF-8, with commas or semicolons.")]
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


def read_options(
    told: ReadOptions, columns: list[str], constants: list[str], file: str
) -> ReadOptions:
    """What the command line says, completed by the mapping file.

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
    )
    return with_mapping_file(options, Path(file)) if file else options
