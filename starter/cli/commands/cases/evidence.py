"""The noun `evidence`: files kept with a case, because they may be needed later."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from adapters.runtime.files import write_whole
from domain.errors import DomainError
from domain.evidence.model import LARGEST, filed
from starter.application import open_application
from starter.cli import options as o
from starter.cli.errors import UsageError
from starter.cli.output import show_one, show_rows
from starter.views.records.record_lines import evidence_line

app = typer.Typer(
    help="Files kept with a case: contracts, delivery notes, receipts.", no_args_is_help=True
)

_COLUMNS = ("file", "name", "media_type", "size", "role", "dispute", "note", "recorded_at")


@app.command("add")
def add(
    case: o.CaseArgument,
    file: Annotated[Path, typer.Argument(help="The file; at most 10 MB.")],
    *,
    dispute: Annotated[str, typer.Option(help="The dispute it belongs to, by its id.")] = "",
    note: o.Note = "",
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Keep a file with a case; the same content again is the same file.

    Example: amicable evidence add 2026-0007 delivery-note.pdf --creditor acme --note signed
    """
    application, given = open_application(), o.case_id(case, creditor)
    handed_in = filed(file.name, body(file), ref=dispute, note=note, by=o.somebody(by))
    kept = application.desk.file_evidence(given, handed_in)
    show_one({"case": given, **evidence_line(kept)}, output)


@app.command("list")
def list_(
    case: o.CaseArgument, *, creditor: o.Creditor = o.CREDITOR, output: o.Output = o.OUTPUT
) -> None:
    """List the files that are kept with a case, oldest first.

    Example: amicable evidence list 2026-0007 --creditor acme
    """
    application = open_application()
    given = o.case_file_of(application, case, creditor).invoice.case_id
    rows = [evidence_line(kept) for kept in application.evidence.list(given)]
    show_rows(rows, output, _COLUMNS, "No file is kept with this case.")


@app.command("get")
def get(
    case: o.CaseArgument,
    file: Annotated[str, typer.Argument(help="The beginning of its hash, or its name.")],
    *,
    to: Annotated[Path | None, typer.Option(help="Where to write it; its name here.")] = None,
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Write a file that is kept with a case to the disk; nothing there is overwritten.

    Example: amicable evidence get 2026-0007 delivery-note.pdf --creditor acme
    """
    application = open_application()
    given = o.case_file_of(application, case, creditor).invoice.case_id
    kept = application.evidence.find(given, file)
    place = to or Path(kept.name)
    if place.exists():
        raise UsageError(f"{place} is there already; choose another place with --to")
    write_whole(place, application.evidence.content(given, kept))
    show_one({"case": given, **evidence_line(kept), "written_to": str(place)}, output)


def body(file: Path) -> bytes:
    """Read the content of a file that is handed in.

    Raises:
        DomainError: if it cannot be read or is larger than 10 MB.
    """
    try:
        if file.stat().st_size > LARGEST:
            raise DomainError(f"{file} is larger than {LARGEST // 1024 // 1024} MB")
        return file.read_bytes()
    except OSError as error:
        raise DomainError(f"{file} cannot be read: {error.strerror}") from None
