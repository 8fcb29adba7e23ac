"""The noun `team`: the creditor's own people, who do what waits (P81)."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from domain.parties.team import Colleague, Role
from starter.application import open_application
from starter.cli import options as o
from starter.cli.output import say, show_one, show_rows

app = typer.Typer(help="The creditor's own people, who do what waits.", no_args_is_help=True)

_Name = Annotated[str, typer.Argument(metavar="NAME", help="How the colleague is called here.")]
_COLUMNS = ("name", "role", "away", "tasks")


@app.command()
def add(
    name: _Name,
    *,
    role: Annotated[Role, typer.Option(help="collector or supervisor.")] = Role.COLLECTOR,
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Add a colleague, or give one another role.

    A supervisor gets what others did not do in time.

    Example: amicable team add ann --creditor acme
    """
    show_one(_line(open_application().team.add(creditor, name, role)), output)


@app.command("list")
def list_(*, creditor: o.Creditor = o.CREDITOR, output: o.Output = o.OUTPUT) -> None:
    """List the team: who is there, and how many open tasks each has.

    Example: amicable team list --creditor acme
    """
    rows = [_line(one) for one in open_application().team.list(creditor)]
    show_rows(rows, output, _COLUMNS, f"{creditor} has no team: tasks wait for everybody.")


@app.command()
def away(name: _Name, *, creditor: o.Creditor = o.CREDITOR, output: o.Output = o.OUTPUT) -> None:
    """A colleague is not there: others get their open tasks at once.

    Example: amicable team away ann --creditor acme
    """
    team = open_application().team
    moved = team.away(creditor, name)
    say(f"{moved} tasks were passed on.")
    show_one(_line(team.show(creditor, name)), output)


@app.command()
def back(name: _Name, *, creditor: o.Creditor = o.CREDITOR, output: o.Output = o.OUTPUT) -> None:
    """A colleague is there again, and gets new tasks; what others took up stays with them.

    Example: amicable team back ann --creditor acme
    """
    show_one(_line(open_application().team.back(creditor, name)), output)


@app.command()
def remove(name: _Name, *, creditor: o.Creditor = o.CREDITOR, output: o.Output = o.OUTPUT) -> None:
    """Take a colleague out of the team: others get their tasks, nobody owns their customers.

    Example: amicable team remove ann --creditor acme
    """
    moved = open_application().team.remove(creditor, name)
    show_one({"name": name, "removed": True, "passed_on": moved}, output)


def _line(one: Colleague) -> dict[str, Any]:
    return {"name": one.name, "role": one.role.value, "away": one.away, "tasks": one.load}
