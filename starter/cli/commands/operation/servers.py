"""The embedded default: started, stopped, examined; and a worker by itself."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Any

import typer

from adapters.config.settings import Settings
from adapters.ledger.core.migrate import upgrade
from infra import doctor as examination
from infra import embedded
from infra.servers import api_process
from starter.cli.errors import CommandRefusedError
from starter.cli.options import OUTPUT, Output
from starter.cli.output import say, show_one, show_rows

QUEUES: str = typer.Option(
    "", "--queues", help="Its duties, with commas: decide, send, background; else all of them."
)


def up(output: Output = OUTPUT) -> None:
    """Start what does not run yet: PostgreSQL, Temporal with its UI, a worker and the gateway.

    Everything runs in the background and keeps its data in AMICABLE_HOME, or in `var`.

    Example: amicable up -o json
    """
    show_one(where(start()), output)


def down() -> None:
    """Stop what `up` started here, and nothing else; all data stays.

    Example: amicable down
    """
    embedded.down(say=say)


def doctor(output: Output = OUTPUT) -> None:
    """Say in words what is missing on this machine; exit code 1 if anything is.

    Example: amicable doctor
    """
    found = examination.examine()
    rows = [
        {"ok": one.ok, "what": one.what, "advice": "" if one.ok else one.advice} for one in found
    ]
    show_rows(rows, output, ("ok", "what", "advice"))
    missing = sum(not one.ok for one in found)
    if missing:
        raise CommandRefusedError(f"{missing} of {len(found)} checks failed")


def migrate() -> None:
    """Bring the ledger's tables up to date; harmless to repeat, and `up` does it by itself.

    Example: amicable migrate
    """
    upgrade(Settings().database_url)
    say("The ledger is up to date.")


def worker(queues: str = QUEUES) -> None:
    """Run a worker in the foreground until it is stopped; it lets running deeds end.

    Where to: TEMPORAL_* and AMICABLE_* variables, or the embedded servers of this folder.

    A worker has all duties unless it is told otherwise; see docs/operations.md.

    Example: AMICABLE_DATABASE_URL=postgresql://ledger/amicable amicable worker --queues send
    """
    # A process of its own: only a worker needs the vendors' packages, which are slow to load.
    told = {"AMICABLE_WORKER__QUEUES": queues} if queues else {}
    command = [sys.executable, "-m", "worker"]
    os.execve(sys.executable, command, {**os.environ, **told})  # noqa: S606 - ourselves


def start() -> embedded.Running:
    """Bring the embedded servers up, telling on stderr how it goes."""
    plan = embedded.StartPlan(
        migrate=_migrate, api=api_process.API_COMMAND, say=lambda text: say(f"{text} …")
    )
    return embedded.up(plan=plan)


def where(running: embedded.Running) -> dict[str, Any]:
    """Where everything is, for people and programs."""
    return {
        "home": str(running.home),
        "temporal_ui": running.ui_url,
        "temporal": running.temporal_address,
        "namespace": running.namespace,
        "database": running.dsn,
        "outbox": str(running.outbox),
        "worker": running.worker.pid if running.worker else None,
        "api": running.api_url,
    }


def _migrate(env: Mapping[str, str]) -> None:
    upgrade(env["AMICABLE_DATABASE_URL"])
