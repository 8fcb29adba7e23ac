"""The noun `case`: looked at, explained, previewed."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from adapters.runtime.machine import machine_clock
from domain.case.model import Case
from domain.charges.statement import Statement
from domain.decision.state import case_state
from domain.money import Money
from starter.application import open_application
from starter.cli import options as o
from starter.cli.output import show_one, show_rows
from starter.views.case_sheet import case_sheet, planned_line, reasons
from starter.views.looking import look_at_case
from starter.views.looking_ahead import ahead

app = typer.Typer(help="One case: show, why, preview, pause, resume, end.", no_args_is_help=True)

AHEAD = ("at", "deed", "step", "channel", "why", "open", "currency")
Most = Annotated[int, typer.Option(min=1, max=1000, help="At most so many steps.")]


@app.command()
def show(case: o.CaseId, *, creditor: o.Creditor = o.CREDITOR, output: o.Output = o.OUTPUT) -> None:
    """Show everything about a case: money, agreements, what was said and done, what comes next.

    Example: amicable case show invoice/acme/2026-0007
    """
    application = open_application()
    view = look_at_case(o.case_file_of(application, case, creditor), machine_clock())
    show_one(case_sheet(application, view), output)


@app.command()
def why(case: o.CaseId, *, creditor: o.Creditor = o.CREDITOR, output: o.Output = o.OUTPUT) -> None:
    """Say in words why the case does what it does next.

    Example: amicable case why 2026-0007 --creditor acme
    """
    view = look_at_case(o.case_file_of(open_application(), case, creditor), machine_clock())
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
    application = open_application()
    view = look_at_case(o.case_file_of(application, case, creditor), machine_clock())
    rows = [planned_line(view, deed) for deed in ahead(application.engine, view, most)]
    show_rows(rows, output, AHEAD, f"Nothing: {view.state.next_action.why}.")


__all__ = ["app"]

_Day = Annotated[str, typer.Option("--on", help="The day, ISO, debtor time; today if not given.")]


@app.command(name="statement")
def show_statement(
    case: o.CaseId,
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
    state = case_state(file, machine_clock())
    day = o.day(on, "--on") or state.calendar.local_date(state.now)
    then = state.before(state.calendar.end_of(day))
    show_one(_shape(then.case, then.statement_on(day)), output)


def _shape(case: Case, found: Statement) -> dict[str, Any]:
    costs = [
        {"name": line.name, "amount": line.amount, "provisional": line.provisional}
        | {"ground": line.ground}
        for line in found.lines
    ]
    return {
        "case": case.invoice.case_id,
        "day": found.day,
        "currency": found.principal.currency,
        "principal": found.principal,
        "disputed": Money(case.disputed, found.principal.currency),
        "costs": costs,
        "costs_paid": found.costs_paid,
        "waived": found.waived,
        "total": found.total,
        "problem": found.problem or None,
    }
