"""The verbs of `customer`, in the order of the help."""

from __future__ import annotations

import typer

from starter.cli.commands.customers.customer import checking, desk, people, wishes
from starter.cli.commands.customers.customer.contact import contact_app
from starter.cli.commands.customers.customer.link import link_app
from starter.cli.commands.customers.customer.owner import owner

app = typer.Typer(help="Customers: show, list, contact data, wishes.", no_args_is_help=True)
app.command("do-not-contact")(wishes.do_not_contact)
app.command("vulnerable")(wishes.vulnerable)
app.command("export")(wishes.export)
app.command("erase")(wishes.erase)
app.command("show")(people.show)
app.command("list")(people.list_)
app.command("check")(checking.check)
app.command("limit")(checking.limit)
app.command("report")(checking.report)
app.command("owner")(owner)
app.command("note")(desk.note)
app.command("bulk")(desk.bulk)
app.add_typer(contact_app, name="contact")
app.add_typer(link_app, name="link")
