"""The switch `hold`: what stops everything that would go out, and what lets it go."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer

from adapters.ledger.cases.holds import EVERYONE, agree_to_live, holds, set_hold
from adapters.ledger.customers.people import get_creditor
from adapters.ledger.queries import watch
from adapters.ledger.queries.reads import case_count, case_row
from adapters.runtime.machine import machine_clock
from starter.application import Application, open_application
from starter.cli import options as o
from starter.cli.errors import NotFoundError, UsageError
from starter.cli.output import Format, say, show_one, show_rows
from starter.views.lines import case_line

app = typer.Typer(help="Stop everything that would go out, at once.", no_args_is_help=True)

_Scope = Annotated[str, typer.Option("--creditor", help="Only this creditor's; all unless given.")]
_TODAY = timedelta(days=1)


@app.command("on")
def on(*, scope: _Scope = "", by: o.By = "", output: o.Output = o.OUTPUT) -> None:
    """Stop everything that would go out, at once: the last look before each message asks.

    Example: amicable hold on --creditor acme
    """
    application = open_application()
    if scope and not (
        case_count(application.engine, scope) or get_creditor(application.engine, scope)
    ):
        raise NotFoundError(f"there is no creditor {scope}: nothing was stopped")
    if not set_hold(application.engine, scope or EVERYONE, on=True, by=o.somebody(by)):
        say("It was on hold already.")
    show_one({"creditor": scope or EVERYONE, "hold": True}, output)


@app.command("off")
def off(
    *,
    scope: _Scope = "",
    yes: Annotated[bool, typer.Option("--yes", help="Let live messages go.")] = False,
    by: o.By = "",
    output: o.Output = o.OUTPUT,
) -> None:
    """Let messages go again; what was held back asks again within the hour.

    On a live installation it first shows what would be sent today, and needs --yes.

    Example: amicable hold off --creditor acme
    """
    application = open_application()
    if application.settings.live:
        _take_the_word(application, o.somebody(by), yes=yes)
    if not set_hold(application.engine, scope or EVERYONE, on=False):
        say("It was not on hold.")
    left = [one.scope for one in holds(application.engine)]
    if left:
        say(f"Still on hold: {', '.join(left)}")
    show_one({"creditor": scope or EVERYONE, "hold": False}, output)


def _take_the_word(application: Application, by: str, *, yes: bool) -> None:
    """Nothing leaves a live installation before a person has seen what would go today."""
    if yes:
        agree_to_live(application.engine, by)
        return
    ids = watch.outgoing(application.engine, machine_clock() + _TODAY)
    found = (case_row(application.engine, case_id) for case_id in ids)
    rows = [case_line(row) for row in found if row]
    show_rows(rows, Format.TABLE, ("case", "next", "next_at", "open", "currency"))
    raise UsageError(f"{len(rows)} messages would be sent within a day; repeat with --yes")


@app.command("show")
def show(*, output: o.Output = o.OUTPUT) -> None:
    """Show what is on hold now, since when and by whom.

    Example: amicable hold show -o json
    """
    rows = [
        {"creditor": one.scope, "since": one.since, "by": one.by}
        for one in holds(open_application().engine)
    ]
    show_rows(rows, output, ("creditor", "since", "by"), "Nothing is on hold.")
