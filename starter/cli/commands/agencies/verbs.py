"""The noun `agency`: what each takes, which gets a case, what it says and pays."""

from __future__ import annotations

import typer

from starter.cli.commands.agencies import choosing

app = typer.Typer(help="Agencies: list, quote, place.", no_args_is_help=True)
app.command("list")(choosing.list_)
app.command("quote")(choosing.quote)
app.command("place")(choosing.place)
