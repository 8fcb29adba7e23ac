"""The verb `customer owner`: which colleague looks after a customer (P81)."""

from __future__ import annotations

from typing import Annotated

import typer

from starter.application import open_application
from starter.cli import options as o
from starter.cli.commands.customers.customer.wishes import CustomerId
from starter.cli.errors import UsageError
from starter.cli.output import say, show_one


def owner(
    customer_id: CustomerId,
    *,
    name: Annotated[str, typer.Option("--owner", help="A colleague of the team.")] = "",
    nobody: Annotated[bool, typer.Option("--nobody", help="Nobody in particular.")] = False,
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Say who looks after a customer: new calls go to them while they are there.

    Example: amicable customer owner C-1 --creditor acme --owner ann
    """
    if bool(name) == nobody:
        raise UsageError("name a colleague with --owner, or write --nobody")
    team = open_application().team
    team.set_owner(creditor, customer_id, name)
    show_one({"customer": customer_id, "owner": name}, output)
    if name and not team.is_present(creditor, name):
        say(f"{name} is away: until then others get what is new.")
