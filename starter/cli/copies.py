"""The copy of an invoice: what letters attach, so that nobody has to look for it (P23)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from domain.evidence.model import as_invoice, filed
from starter.cli import options as o
from starter.cli.evidence import body, line
from starter.cli.output import show_one
from starter.house import open_house


def copy(
    case: o.CaseId,
    file: Annotated[Path, typer.Argument(help="The invoice as a PDF; at most 5 MB.")],
    *,
    note: o.Note = "",
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Keep a copy of the invoice with its case: letters that ask for payment attach the newest.

    Example: amicable invoice copy 2026-0007 invoice.pdf --creditor acme
    """
    house, given = open_house(), o.case_id(case, creditor)
    handed_in = filed(file.name, body(file), note=note, by=o.somebody(by))
    kept = house.desk.file_evidence(given, as_invoice(handed_in))
    show_one({"case": given, **line(kept)}, output)
