"""The noun `case`: looked at, explained, previewed."""

from __future__ import annotations

from typing import Annotated

import typer

from adapters.runtime.machine import machine_clock
from starter.case_sheet import planned_line, reasons, sheet
from starter.cli import options as o
from starter.cli.output import show_one, show_rows
from starter.house import open_house
from starter.looking import look
from starter.looking_ahead import ahead

app = typer.Typer(help="One case: show, why, preview, pause, resume, end.", no_args_is_help=True)

AHEAD = ("at", "deed", "step", "channel", "why", "open", "currency")
Most = Annotated[int, typer.Option(min=1, max=1000, help="At most so many steps.")]


@app.command()
def show(case: o.CaseId, *, creditor: o.Creditor = o.CREDITOR, output: o.Output = o.OUTPUT) -> None:
    """Show everything about a case: money, agreements, what was said and done, what comes next.

    Example: amicable case show invoice/acme/2026-0007
    """
    house = open_house()
    view = look(o.case_file(house, case, creditor), machine_clock())
    show_one(sheet(house, view), output)


@app.command()
def why(case: o.CaseId, *, creditor: o.Creditor = o.CREDITOR, output: o.Output = o.OUTPUT) -> None:
    """Say in words why the case does what it does next.

    Example: amicable case why 2026-0007 --creditor acme
    """
    view = look(o.case_file(open_house(), case, creditor), machine_clock())
    show_one(reasons(view), output)


@app.command()
def preview(
    case: o.CaseId,
    *,
    most: Most = 12,
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Show what will happen to a case if nobody says another word.

    It is the same function that decides in earnest, played among the customer's other open
    invoices; with more than 200 of them the case is played by itself.

    Example: amicable case preview 2026-0007 --creditor acme
    """
    house = open_house()
    view = look(o.case_file(house, case, creditor), machine_clock())
    rows = [planned_line(view, planned) for planned in ahead(house.engine, view, most)]
    show_rows(rows, output, AHEAD, f"Nothing: {view.next().why}.")
