"""The noun `console`: the pages for people, and who may come in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from domain.parties.console import ConsoleRole
from starter.application import Application, open_application
from starter.cli import options as o
from starter.cli.output import say, show_one, show_rows
from starter.importing.files.cells import named

if TYPE_CHECKING:
    from activities.services.console.access import AccessService

app = typer.Typer(help="The console for people: serve, invite, people, remove.")
_COLUMNS = ("creditor", "name", "role", "zone", "created_at", "removed_at")
_Name = Annotated[str, typer.Argument(metavar="NAME", help="As the team knows the person.")]


@app.command()
def serve(
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Only say where it would listen, and if it could.")
    ] = False,
    output: o.Output = o.OUTPUT,
) -> None:
    """Run the console in the foreground until it is stopped; `up` runs it in the background.

    It listens on this machine only, at AMICABLE_CONSOLE__PORT. For others put a proxy with TLS
    before it, and name its address in AMICABLE_CONSOLE__PUBLIC_URL; on another machine than the
    proxy's, or in a container, AMICABLE_CONSOLE__HOST says where it listens.

    Example: amicable console serve --check
    """
    from adapters.config.settings import Settings  # noqa: PLC0415 - slow, and the others need none
    from starter.console.server import (  # noqa: PLC0415 - no other command waits for its imports
        console_application,
        serve_console,
    )
    from starter.console.server_address import console_address  # noqa: PLC0415 - see above

    settings = Settings()
    application = console_application(settings)
    if check:
        show_one({"address": console_address(settings), "ready": True}, output)
        return
    serve_console(application)


@app.command()
def invite(
    name: _Name,
    *,
    role: Annotated[
        ConsoleRole,
        typer.Option(
            help="collector: agreements, disputes, calls; supervisor: approves, too; sales: "
            "notes and disputes; auditor: only looks; admin: who may come in, too."
        ),
    ],
    zone: Annotated[
        str, typer.Option(help="Where the person works; the browser's unless given.")
    ] = "UTC",
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Invite a person: prints a link that opens the console once, within a day.

    Whoever opens it is this person: give it to nobody else. Invited again, a person gets the
    newly named role, and access that was taken away is given back.

    Example: amicable console invite ann --role supervisor --creditor acme
    """
    from starter.console.server_address import invitation_link  # noqa: PLC0415 - see above

    application = open_application()
    if not application.creditors.is_known(creditor):
        say(f"Nothing is known of {creditor} yet; look at --creditor if that is a surprise.")
    access, who = _access(application), o.somebody(by)
    secret = access.invite(named(creditor), name, role, by=who, zone=zone)
    link = invitation_link(application.settings, secret)
    show_one({"creditor": creditor, "name": name, "role": role, "link": link}, output)


@app.command()
def people(*, creditor: o.Creditor = o.CREDITOR, output: o.Output = o.OUTPUT) -> None:
    """List who was invited, and who has no access any more.

    Example: amicable console people --creditor acme -o json
    """
    found = _access(open_application()).people(creditor)
    rows: list[dict[str, Any]] = [{c: getattr(one, c) for c in _COLUMNS} for one in found]
    show_rows(rows, output, _COLUMNS, "Nobody was invited; `amicable console invite` does it.")


@app.command()
def remove(name: _Name, *, creditor: o.Creditor = o.CREDITOR, output: o.Output = o.OUTPUT) -> None:
    """Take a person's access away; every session of theirs ends at once.

    Example: amicable console remove ann --creditor acme
    """
    _access(open_application()).remove(creditor, name)
    show_one({"creditor": creditor, "name": name, "removed": True}, output)


def _access(application: Application) -> AccessService:
    from starter.console.services import ConsoleServices  # noqa: PLC0415 - see above

    return ConsoleServices(application).access
