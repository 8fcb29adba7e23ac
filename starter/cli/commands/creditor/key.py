"""The noun `key`: which programs may use the gateway."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from adapters.ledger.customers.people import get_creditor
from adapters.ledger.gateway import keys
from adapters.ledger.gateway.keys import ApiKey
from adapters.ledger.queries.reads import case_count
from domain.errors import DomainError
from starter.application import open_application
from starter.cli import options as o
from starter.cli.errors import NotFoundError
from starter.cli.output import say, show_one, show_rows
from starter.importing.files.cells import named

app = typer.Typer(help="Keys of programs that use the gateway.", no_args_is_help=True)
_COLUMNS = ("id", "creditor", "role", "label", "created_at", "revoked_at")


class RoleOption(StrEnum):
    """What a key may do beside looking."""

    BILLING = "billing"
    COLLECTOR = "collector"
    READER = "reader"


@app.command()
def create(
    role: Annotated[
        RoleOption,
        typer.Option(
            help="billing: invoices and money; collector: agreements, disputes, calls, tasks; "
            "reader: nothing but looking."
        ),
    ],
    *,
    label: Annotated[str, typer.Option(help="Which program it is for.")] = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Make a key for one creditor and role; it is shown this once and never again.

    Example: amicable key create --creditor acme --role billing --label shop
    """
    if "/" in creditor:
        raise DomainError(f"--creditor {creditor} holds a slash; write a short id")
    application = open_application()
    if not (get_creditor(application.engine, creditor) or case_count(application.engine, creditor)):
        say(f"Nothing is known of {creditor} yet; look at --creditor if that is a surprise.")
    told = named(label) if label else ""
    made, secret = keys.make_key(application.engine, named(creditor), role.value, told)
    show_one({**_line(made), "key": secret}, output)
    say("Keep the key now: nobody can show it again.")


@app.command("list")
def list_(
    *,
    creditor: Annotated[str, typer.Option(help="Only this creditor's; all unless given.")] = "",
    output: o.Output = o.OUTPUT,
) -> None:
    """List keys without the keys themselves: whose, in which role, and whether in use.

    Example: amicable key list -o json
    """
    rows = [_line(one) for one in keys.list_keys(open_application().engine, creditor)]
    show_rows(rows, output, _COLUMNS, "No program has a key; `amicable key create` makes one.")


@app.command()
def revoke(
    key_id: Annotated[str, typer.Argument(metavar="ID", help="The key's id, as `list` shows it.")],
    *,
    output: o.Output = o.OUTPUT,
) -> None:
    """Let a key open nothing from now on.

    Example: amicable key revoke 1f0c2a9b77aa
    """
    gone = keys.revoke_key(open_application().engine, key_id)
    if gone is None:
        raise NotFoundError(f"there is no key {key_id}; `amicable key list` shows what there is")
    show_one(_line(gone), output)


def _line(one: ApiKey) -> dict[str, Any]:
    return {name: getattr(one, name) for name in _COLUMNS}
