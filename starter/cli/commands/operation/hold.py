"""The switch `hold`: what stops everything that would go out, and what lets it go."""

from __future__ import annotations

from typing import Annotated

import typer

from activities.ports.stores.holds import EVERYONE
from starter.application import Application, open_application
from starter.cli import options as o
from starter.cli.commands.customers.customer.wishes import wake
from starter.cli.errors import NotFoundError, UsageError
from starter.cli.output import Format, say, show_one, show_rows
from starter.missing import NotReadyError
from starter.views.lines import case_line

app = typer.Typer(help="Stop everything that would go out, at once.", no_args_is_help=True)

_Scope = Annotated[str, typer.Option("--creditor", help="Only this creditor's; all unless given.")]


@app.command("on")
def on(*, scope: _Scope = "", by: o.By = "", output: o.Output = o.OUTPUT) -> None:
    """Stop everything that would go out, at once: the last look before each message asks.

    Example: amicable hold on --creditor acme
    """
    application = open_application()
    if scope and not application.creditors.is_known(scope):
        raise NotFoundError(f"there is no creditor {scope}: nothing was stopped")
    if not application.holds.stop(scope, o.somebody(by)):
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
    """Let messages go again; what was held back goes at once, in its contact window.

    On a live installation it first shows what would be sent today, and needs --yes.

    Example: amicable hold off --creditor acme
    """
    application = open_application()
    if application.settings.live:
        _take_the_word(application, o.somebody(by), yes=yes)
    waited = application.holds.release(scope, o.somebody(by))
    if waited is None:
        say("It was not on hold.")
    left = [one.scope for one in application.holds.list()]
    if left:
        say(f"Still on hold: {', '.join(left)}")
    if waited:
        _wake(application, waited)
    show_one({"creditor": scope or EVERYONE, "hold": False}, output)


def _wake(application: Application, cases: tuple[str, ...]) -> None:
    """What was held back goes now; without Temporal the reconciler sees to it, once it is back."""
    from temporalio.service import RPCError  # noqa: PLC0415 - only this word needs Temporal

    try:
        wake(application, cases)
    except (NotReadyError, RPCError):
        say(f"{len(cases)} cases waited; they are woken within minutes once Temporal answers.")


def _take_the_word(application: Application, by: str, *, yes: bool) -> None:
    """Nothing leaves a live installation before a person has seen what would go today."""
    if yes:
        application.holds.agree_to_live(by)
        return
    rows = [case_line(row) for row in application.holds.due_within_a_day()]
    show_rows(rows, Format.TABLE, ("case", "next", "next_at", "open", "currency"))
    raise UsageError(f"{len(rows)} messages would be sent within a day; repeat with --yes")


@app.command("show")
def show(*, output: o.Output = o.OUTPUT) -> None:
    """Show what is on hold now, since when and by whom.

    Example: amicable hold show -o json
    """
    rows = [
        {"creditor": one.scope, "since": one.since, "by": one.by}
        for one in open_application().holds.list()
    ]
    show_rows(rows, output, ("creditor", "since", "by"), "Nothing is on hold.")
