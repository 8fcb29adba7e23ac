"""The command `up`: the embedded servers started, and where they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from infra import embedded
from infra.doctor import OwnServers
from infra.servers.http_process import CONSOLE, GATEWAY
from starter.application import migrate_ledger
from starter.cli.errors import CommandRefusedError
from starter.cli.options import OUTPUT, Output
from starter.cli.output import say, show_one
from starter.cli.own_servers import own_servers


def up(output: Output = OUTPUT) -> None:
    """Start what does not run yet: PostgreSQL, Temporal, a worker, the gateway, the console.

    Everything runs in the background and keeps its data in AMICABLE_HOME, or in `var`.
    Where servers of your own are configured it starts nothing beside them.

    Example: amicable up -o json
    """
    if own := own_servers():
        raise CommandRefusedError(beside(own))
    show_one(where(start()), output)


def start() -> embedded.Running:
    """Bring the embedded servers up, telling on stderr how it goes."""
    plan = embedded.StartPlan(
        migrate=_migrate,
        api=GATEWAY.command,
        console=CONSOLE.command,
        say=lambda text: say(f"{text} …"),
    )
    return embedded.up(plan=plan)


def beside(own: OwnServers) -> str:
    """Say why nothing is started beside the servers that are configured, and what to do."""
    named = filter(
        None,
        (
            own.database_url and "a ledger (AMICABLE_DATABASE_URL)",
            f"a Temporal at {own.temporal}" if own.temporal else "settings of a Temporal",
        ),
    )
    return (
        f"this installation names {' and '.join(named)}; up would start a second, empty world "
        "beside it. Look with amicable doctor, and run amicable migrate, amicable worker, "
        "amicable api and amicable console serve; or take those settings away, if the embedded "
        "servers are what you want"
    )


def where(running: embedded.Running) -> dict[str, Any]:
    """Show where everything is, for people and programs."""
    return {
        "home": str(running.home),
        "temporal_ui": running.ui_url,
        "temporal": running.temporal_address,
        "namespace": running.namespace,
        "database": running.dsn,
        "outbox": str(running.outbox),
        "worker": running.worker.pid if running.worker else None,
        "api": running.api_url,
        "console": running.console_url,
    }


def _migrate(env: Mapping[str, str]) -> None:
    migrate_ledger(env["AMICABLE_DATABASE_URL"])
