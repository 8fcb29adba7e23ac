"""The verbs of `case` that only look: show, why, preview."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer

from adapters.runtime.machine import machine_clock
from starter.application import open_application
from starter.cli import options as o
from starter.cli.output import say, show_one, show_rows
from starter.views.case_sheet import case_sheet, planned_line, reasons
from starter.views.looking import look_at_case

_A_YEAR = timedelta(days=365)
AHEAD = ("at", "deed", "step", "channel", "why", "open", "currency")
Most = Annotated[int, typer.Option(min=1, max=1000, help="At most so many steps.")]


def show(
    case: o.CaseArgument, *, creditor: o.Creditor = o.CREDITOR, output: o.Output = o.OUTPUT
) -> None:
    """Show everything about a case: money, agreements, what was said and done, what comes next.

    Example: amicable case show invoice/acme/2026-0007
    """
    application = open_application()
    view = look_at_case(o.case_file_of(application, case, creditor), machine_clock())
    show_one(case_sheet(application, view), output)


def why(
    case: o.CaseArgument, *, creditor: o.Creditor = o.CREDITOR, output: o.Output = o.OUTPUT
) -> None:
    """Say in words why the case does what it does next.

    Example: amicable case why 2026-0007 --creditor acme
    """
    view = look_at_case(o.case_file_of(open_application(), case, creditor), machine_clock())
    show_one(reasons(view), output)


def preview(
    case: o.CaseArgument,
    *,
    most: Most = 12,
    until: Annotated[
        str, typer.Option(help="The last day that is shown, ISO; a year from now unless given.")
    ] = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Show what will happen to a case within a year if nobody says another word.

    It is the same function that decides in earnest, played among the customer's other open
    invoices; with more than 200 of them the case is played by itself.

    Example: amicable case preview 2026-0007 --creditor acme
    """
    application = open_application()
    view = look_at_case(o.case_file_of(application, case, creditor), machine_clock())
    found = application.previews.ahead(view.file, view.now, most)
    calendar = view.state.calendar
    last = o.day(until, "--until") or calendar.local_date(view.state.now + _A_YEAR)
    shown = [deed for deed in found if deed.at < calendar.end_of(last)]
    rows = [planned_line(view, deed) for deed in shown]
    show_rows(rows, output, AHEAD, f"Nothing: {view.state.next_action.why_at(view.now)}.")
    if len(shown) < len(found):
        say(f"It goes on after {last}; --until shows more.")
