"""The noun `key`: which programs may use the gateway."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from activities.ports.stores.gateway import ApiKey
from domain.errors import DomainError
from domain.parties.keys import KeyRole
from starter.application import open_application
from starter.cli import options as o
from starter.cli.output import say, show_one, show_rows
from starter.importing.files.cells import named

app = typer.Typer(help="Keys of programs that use the gateway.", no_args_is_help=True)
_COLUMNS = ("id", "creditor", "role", "label", "created_at", "revoked_at")


@app.command()
def create(
    role: Annotated[
        KeyRole,
        typer.Option(
            help="billing: invoices and money; collector: agreements, disputes, calls, tasks; "
            "reader: nothing but looking; agency: its own cases only, the label names it; "
            "assistant: looks and proposes for a person (docs/assistant.md)."
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
    if not application.creditors.is_known(creditor):
        say(f"Nothing is known of {creditor} yet; look at --creditor if that is a surprise.")
    told = named(label) if label else ""
    made, secret = application.keys.make(named(creditor), role, told)
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
    rows = [_line(one) for one in open_application().keys.list(creditor)]
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
    show_one(_line(open_application().keys.revoke(key_id)), output)


def _line(one: ApiKey) -> dict[str, Any]:
    return {name: getattr(one, name) for name in _COLUMNS}
