"""The noun `agency`: what each takes, which gets a case, what it says and pays."""

from __future__ import annotations

import typer

from starter.cli.commands.agencies import choosing, placed

app = typer.Typer(
    help="Agencies: what they take, say and pay: list, quote, place, show, tell, money.",
    no_args_is_help=True,
)
app.command("list")(choosing.list_)
app.command("quote")(choosing.quote)
app.command("place")(choosing.place)
app.command("decide")(choosing.decide)
app.command("cases")(placed.cases)
app.command("show")(placed.show)
app.command("news")(placed.news)
app.command("tell")(placed.tell)
app.command("money")(placed.money)
app.command("accounts")(placed.accounts)
app.command("poll")(placed.poll)
