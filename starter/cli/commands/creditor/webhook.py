"""The noun `webhook`: which other systems are told what happens, and how that goes."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Annotated, Any

import typer

from activities.services.webhooks import EndpointState
from domain.errors import DomainError
from starter.application import open_application
from starter.cli import options as o
from starter.cli.errors import CommandRefusedError, UsageError
from starter.cli.output import show_one, show_rows

app = typer.Typer(help="Tell other systems what happens, signed.", no_args_is_help=True)

_Name = Annotated[str, typer.Argument(metavar="NAME", help="Your short name of the endpoint.")]
_COLUMNS = ("creditor", "name", "url", "kinds", "active", "pending", "delivered", "given_up")


@app.command()
def add(
    name: _Name,
    url: Annotated[str, typer.Argument(metavar="URL", help="Where it listens: https://…")],
    *,
    kinds: Annotated[
        list[str] | None, typer.Option("--kind", help="Such as credit.changed; all unless given.")
    ] = None,
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Tell another system of a creditor's events from now on; again, to change or switch it on.

    Example: amicable webhook add billing https://billing.example/amicable --kind credit.changed
    """
    try:
        added = open_application().webhooks.add(creditor, name, url, kinds or ())
    except DomainError as error:
        raise _by_option(error) from None
    show_one(_line(added), output)


@app.command("list")
def list_(
    *,
    creditor: Annotated[str, typer.Option(help="Only this creditor's; all unless given.")] = "",
    output: o.Output = o.OUTPUT,
) -> None:
    """List endpoints, and how many events wait, were delivered or given up.

    Example: amicable webhook list -o json
    """
    rows = [_line(one) for one in open_application().webhooks.list(creditor)]
    show_rows(rows, output, _COLUMNS, "Nobody is told; `amicable webhook add` adds an endpoint.")


@app.command()
def remove(name: _Name, *, creditor: o.Creditor = o.CREDITOR, output: o.Output = o.OUTPUT) -> None:
    """Tell an endpoint nothing more, and forget what still waited for it.

    Example: amicable webhook remove billing --creditor acme
    """
    open_application().webhooks.remove(creditor, name)
    show_one({"creditor": creditor, "name": name, "removed": True}, output)


@app.command()
def secret(
    creditor: Annotated[str, typer.Argument(metavar="CREDITOR", help="Its short id.")],
    *,
    output: o.Output = o.OUTPUT,
) -> None:
    """Print the secret with which a creditor's endpoints check our signatures: keep it safe.

    Example: amicable webhook secret acme
    """
    told = open_application().webhooks.secret(creditor)
    show_one({"creditor": creditor, "secret": told}, output)


@app.command("test")
def try_out(name: _Name, *, creditor: o.Creditor = o.CREDITOR, output: o.Output = o.OUTPUT) -> None:
    """Post one signed event of the type webhook.test now, and show what the endpoint answered.

    Example: amicable webhook test billing --creditor acme
    """
    reply = open_application().webhooks.try_out(creditor, name)
    shown = {"name": name, "taken": reply.taken, "status": reply.status, "detail": reply.detail}
    show_one(shown, output)
    if not reply.taken:
        raise CommandRefusedError(f"{name}: {reply.detail}")


@app.command()
def retry(
    name: _Name,
    *,
    since: Annotated[
        str, typer.Option(help="Also what was recorded since that date (UTC) and not sent.")
    ] = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Try at once what an endpoint did not take, also what was given up.

    Example: amicable webhook retry billing --creditor acme --since 2026-03-01
    """
    day = o.day(since, "--since")
    start = datetime.combine(day, time(), UTC) if day else None
    queued = open_application().webhooks.retry(creditor, name, start)
    show_one({"name": name, "queued": queued}, output)


def _by_option(error: DomainError) -> Exception:
    """What cannot be right, by the option that said so."""
    if error.field == "name":
        return UsageError(str(error))
    return UsageError(f"--kind {error}") if error.field == "kinds" else error


def _line(one: EndpointState) -> dict[str, Any]:
    told = one.endpoint
    return {
        "creditor": told.creditor,
        "name": told.name,
        "url": told.url,
        "kinds": told.kinds,
        "active": told.active,
        "pending": one.pending,
        "delivered": one.delivered,
        "given_up": one.given_up,
    }
