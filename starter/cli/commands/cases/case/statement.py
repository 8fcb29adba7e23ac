"""The verb `case statement`: what settles a case on a day."""

from __future__ import annotations

from typing import Annotated

import typer

from adapters.runtime.machine import machine_clock
from starter.application import open_application
from starter.cli import options as o
from starter.cli.output import show_one
from starter.views.records.statement_sheet import statement_sheet

_Day = Annotated[str, typer.Option("--on", help="The day, ISO, debtor time; today if not given.")]


def show_statement(
    case: o.CaseArgument,
    *,
    on: _Day = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Show what settles a case on a day: the principal, each cost with its ground, the total.

    A past day is computed from what had happened by its end.

    Example: amicable case statement 2026-0007 --creditor acme --on 2026-09-30
    """
    file = o.case_file_of(open_application(), case, creditor)
    show_one(statement_sheet(file, machine_clock(), o.day(on, "--on")), output)
