"""The noun `webhook`: which other systems are told what happens, and how that goes."""

from __future__ import annotations

import re
import secrets
from datetime import UTC, datetime, time
from typing import Annotated, Any

import typer

from activities.ports.events import EVENT_TYPES, DomainEvent
from adapters.config.environment import SettingsError
from adapters.ledger.customers.people import get_creditor
from adapters.ledger.queries.reads import case_count
from adapters.ledger.webhooks.endpoints import (
    Endpoint,
    again,
    backlog,
    drop_endpoint,
    endpoints,
    put_endpoint,
)
from adapters.runtime.machine import machine_clock
from adapters.webhooks.post import Poster
from adapters.webhooks.rounds import WebhookSender
from adapters.webhooks.signing import secret_of
from adapters.webhooks.ssrf import ForbiddenError
from domain.errors import DomainError
from domain.words import unknown_word
from starter.application import Application, open_application
from starter.cli import options as o
from starter.cli.errors import CommandRefusedError, NotFoundError, UsageError
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
    application = open_application()
    _check(application, name, url, kinds or [])
    _secret(application, creditor)
    if not (get_creditor(application.engine, creditor) or case_count(application.engine, creditor)):
        raise NotFoundError(f"there is no creditor {creditor}; look at --creditor")
    wanted = tuple(dict.fromkeys(kinds or ()))
    put_endpoint(application.engine, Endpoint(creditor=creditor, name=name, url=url, kinds=wanted))
    show_one(_line(application, _endpoint(application, creditor, name)), output)


@app.command("list")
def list_(
    *,
    creditor: Annotated[str, typer.Option(help="Only this creditor's; all unless given.")] = "",
    output: o.Output = o.OUTPUT,
) -> None:
    """List endpoints, and how many events wait, were delivered or given up.

    Example: amicable webhook list -o json
    """
    application = open_application()
    rows = [_line(application, one) for one in endpoints(application.engine, creditor)]
    show_rows(rows, output, _COLUMNS, "Nobody is told; `amicable webhook add` adds an endpoint.")


@app.command()
def remove(name: _Name, *, creditor: o.Creditor = o.CREDITOR, output: o.Output = o.OUTPUT) -> None:
    """Tell an endpoint nothing more, and forget what still waited for it.

    Example: amicable webhook remove billing --creditor acme
    """
    application = open_application()
    found = _endpoint(application, creditor, name)
    drop_endpoint(application.engine, found.place)
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
    show_one({"creditor": creditor, "secret": _secret(open_application(), creditor)}, output)


@app.command("test")
def try_out(name: _Name, *, creditor: o.Creditor = o.CREDITOR, output: o.Output = o.OUTPUT) -> None:
    """Post one signed event of the type webhook.test now, and show what the endpoint answered.

    Example: amicable webhook test billing --creditor acme
    """
    application = open_application()
    found = _endpoint(application, creditor, name)
    _secret(application, creditor)
    event = DomainEvent(
        id=f"webhook.test/{creditor}/{secrets.token_hex(8)}",
        kind="webhook.test",
        creditor=creditor,
        customer="",
        at=machine_clock(),
    )
    reply = WebhookSender(application.engine, application.settings.webhook).try_out(
        event, found.url
    )
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
    application = open_application()
    found = _endpoint(application, creditor, name)
    day = o.day(since, "--since")
    start = datetime.combine(day, time(), UTC) if day else None
    show_one({"name": name, "queued": again(application.engine, found.place, start)}, output)


def _check(application: Application, name: str, url: str, kinds: list[str]) -> None:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}", name):
        raise UsageError(f"{name!r} is no short name; write letters and digits, such as billing")
    unknown = [kind for kind in kinds if kind not in EVENT_TYPES]
    if unknown:
        raise UsageError(f"--kind {unknown_word(unknown[0], 'event', EVENT_TYPES)}")
    try:
        Poster(application.settings.webhook.allowed).check(url)
    except ForbiddenError as reason:
        raise DomainError(f"{url}: {reason}") from None


def _secret(application: Application, creditor: str) -> str:
    masters = application.settings.webhook.masters
    if not masters:
        raise SettingsError("set AMICABLE_WEBHOOK__SECRET (or AMICABLE_WEBHOOK__SECRET_FILE) first")
    return secret_of(masters[0], creditor)


def _endpoint(application: Application, creditor: str, name: str) -> Endpoint:
    for one in endpoints(application.engine, creditor):
        if one.name == name:
            return one
    raise NotFoundError(
        f"{creditor} has no webhook {name}; `amicable webhook list` shows what there is"
    )


def _line(application: Application, one: Endpoint) -> dict[str, Any]:
    counts = backlog(application.engine, one.place)
    sums = {state: counts.get(state, 0) for state in ("pending", "delivered", "given_up")}
    told = {"creditor": one.creditor, "name": one.name, "url": one.url}
    return {**told, "kinds": one.kinds, "active": one.active, **sums}
