"""The noun `connector`: billing systems whose invoices come in by themselves."""

from __future__ import annotations

import signal
import threading
from contextlib import nullcontext
from typing import Annotated, Any

import typer

from activities.ports.connectors.connector import ConnectorError
from adapters.runtime.machine import machine_clock
from adapters.wiring.billing.connectors import connectors_of
from starter.application import open_application
from starter.cli import options as o
from starter.cli.errors import UsageError
from starter.cli.output import say, show_one, show_rows
from starter.importing.connected.connectors import Connectors
from starter.importing.intake.watched import WatchedStarter

app = typer.Typer(help="Connected billing systems: list, pull, push, status.", no_args_is_help=True)
_LISTED = ("name", "kind", "creditor", "pushes")
_STATUS = ("name", "pulled_at", "failures", "failure")
_NONE = "No billing system is connected; see docs/connectors.md."
_Name = Annotated[str, typer.Argument(help="The connector's name, as the file says it.")]


def _connectors() -> Connectors:
    application = open_application()
    every = connectors_of(application.settings, machine_clock)
    starter = WatchedStarter(application, lambda: nullcontext(lambda *_: None))
    return Connectors(application, every, starter, machine_clock)


@app.command("list")
def list_(output: o.Output = o.OUTPUT) -> None:
    """List the billing systems that are connected.

    Example: amicable connector list
    """
    rows = [{key: line[key] for key in _LISTED} for line in _connectors().status()]
    show_rows(rows, output, _LISTED, _NONE)


@app.command()
def status(output: o.Output = o.OUTPUT) -> None:
    """Show when each billing system was last heard, and what has failed since.

    Example: amicable connector status
    """
    show_rows(_connectors().status(), output, _STATUS, _NONE)


@app.command()
def pull(
    name: _Name,
    *,
    every: Annotated[
        int, typer.Option(min=0, help="Again each so many seconds, until it is stopped.")
    ] = 0,
    yes: Annotated[bool, typer.Option("--yes", help="Let live messages go out.")] = False,
    output: o.Output = o.OUTPUT,
) -> None:
    """Take in what changed in a billing system; repeating it changes nothing.

    The gateway does so by itself each half minute, and at once where the system calls it.

    Example: amicable connector pull books
    """
    connectors = _connectors()
    one = connectors.named(name)
    if connectors.application.settings.live and not yes:
        raise UsageError("messages really leave this installation; repeat with --yes to let them")
    if not every:
        show_one(connectors.pull(one), output)
        return
    ended = threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: ended.set())
    while not ended.is_set():
        try:
            say(f"{name}: {_figures(connectors.pull(one))}")
        except ConnectorError as error:
            say(f"{name}: {error}")
        ended.wait(every)


@app.command()
def push(name: _Name, output: o.Output = o.OUTPUT) -> None:
    """Tell a billing system how cases stand: status, what is open, whether it is held.

    Example: amicable connector push books
    """
    connectors = _connectors()
    show_one({"name": name, "pushed": connectors.push(connectors.named(name))}, output)


def _figures(told: dict[str, Any]) -> str:
    changed = len(told.get("changed", ()))
    return f"opened {told['opened']}, changed {changed}, known {told['known']}"
