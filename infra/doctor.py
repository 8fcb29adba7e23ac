"""Examines this machine, and says what is missing in words a person can act on."""

import asyncio
import os
import shutil
import sys
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError
from temporalio.client import Client
from temporalio.service import RPCError

from domain.names import TASK_QUEUE, TASK_QUEUES
from infra import bootstrap, embedded
from infra.errors import InfraError
from infra.findings import Finding, Remedy, has_table, rounds_and_cases
from infra.servers import binaries, tcp_ports
from infra.servers.places import Places, places

_OLDEST_PYTHON = (3, 11)
_SPACE = 1_000_000_000  # bytes
_PATIENCE = 5.0  # seconds for each server to answer


@dataclass(frozen=True)
class OwnServers:
    """What somebody configured in place of the embedded servers.

    Attributes:
        database_url: the ledger that every command uses; empty if none is named.
        temporal: the address that every command uses; empty if none is named.
        connect: reaches Temporal as every command does.
    """

    database_url: str
    temporal: str
    connect: Callable[[], Awaitable[Client]]


def examine(home: Path | str | None = None, own: OwnServers | None = None) -> list[Finding]:
    """Check what the installation needs; changes nothing and starts nothing.

    Without servers of one's own: everything that the embedded default needs. With them: those.
    """
    place = places(home)
    if own is None:
        return [*_machine(place), *_servers(place)]
    return [_python(), _space(place), _rights(place), *_own(own)]


def _machine(place: Places) -> Iterator[Finding]:
    yield _python()
    yield _program("Temporal's dev server", binaries.temporal)
    yield _program("PostgreSQL's programs", binaries.postgres)
    yield _space(place)
    yield _rights(place)


def _own(own: OwnServers) -> Iterator[Finding]:
    """The servers of one's own, each as every command would use it."""
    if own.database_url:
        yield from _database(own.database_url, Remedy.MIGRATE)
    else:
        advice = "Set AMICABLE_DATABASE_URL to its address."
        yield Finding(ok=False, what="No ledger is named", advice=advice)
    if own.temporal:
        yield from asyncio.run(_temporal(own.connect, own.temporal, Remedy.SERVE))
    else:
        advice = "Set TEMPORAL_ADDRESS, or write a temporal.toml."
        yield Finding(ok=False, what="No Temporal is named", advice=advice)


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding(
        sys.version_info >= _OLDEST_PYTHON,
        f"Python {version}",
        "Python 3.11 or newer is needed.",
        Remedy.NEWER_PYTHON,
    )


def _program(what: str, find: Callable[[], Path]) -> Finding:
    try:
        return Finding(ok=True, what=f"{what}: {find()}")
    except InfraError as error:
        return Finding(ok=False, what=f"{what}: not found", advice=str(error))


def _space(place: Places) -> Finding:
    free = shutil.disk_usage(_existing(place.home)).free
    return Finding(
        free >= _SPACE,
        f"{free // 1_000_000} MB free for {place.home}",
        "Free at least 1000 MB, or set AMICABLE_HOME to a folder on another disk.",
    )


def _rights(place: Places) -> Finding:
    folder = _existing(place.home)
    return Finding(
        os.access(folder, os.W_OK | os.X_OK),
        f"{folder} can be written by user id {os.geteuid()}",
        "Run as the folder's owner, or set AMICABLE_HOME to a folder of your own.",
    )


def _servers(place: Places) -> Iterator[Finding]:
    try:
        running = embedded.status(place.home)
    except (InfraError, OSError) as error:
        yield Finding(ok=False, what="The data cannot be read", advice=str(error))
        return
    if running is None:
        yield Finding(ok=False, what="The servers do not run", remedy=Remedy.START)
        return
    yield Finding(ok=True, what=f"The servers run; the Temporal UI is at {running.ui_url}")
    yield _ui(running)
    yield from _database(running.dsn, Remedy.START)

    async def connect() -> Client:
        return await Client.connect(running.temporal_address, namespace=running.namespace)

    yield from asyncio.run(_temporal(connect, running.temporal_address, Remedy.START))
    yield _worker(running)
    if running.api_port:
        yield _api(running)
    if running.console_port:
        yield _console(running)


def _ui(running: embedded.Running) -> Finding:
    port = int(running.ui_url.rpartition(":")[2])
    answers = tcp_ports.answers(port)
    return Finding(answers, f"Port {port} answers", remedy=Remedy.RESTART)


def _database(url: str, remedy: Remedy) -> Iterator[Finding]:
    try:
        target = make_url(url).set(drivername="postgresql").difference_update_query(["pgbouncer"])
    except (ArgumentError, ValueError):
        advice = "Write AMICABLE_DATABASE_URL like postgresql://user@host:5432/database."
        yield Finding(ok=False, what="The ledger's address cannot be read", advice=advice)
        return
    try:
        whole = target.render_as_string(hide_password=False)
        with psycopg.connect(whole, connect_timeout=int(_PATIENCE)) as link:
            migrated = has_table(link, "alembic_version")
            found = list(rounds_and_cases(link))
    except psycopg.Error as error:
        yield _silent("The ledger does not answer", error, remedy)
        return
    yield Finding(ok=True, what="The ledger answers")
    yield Finding(migrated, "The ledger has its tables", remedy=remedy)
    yield from found


async def _temporal(
    connect: Callable[[], Awaitable[Client]], address: str, remedy: Remedy
) -> list[Finding]:
    try:
        async with asyncio.timeout(_PATIENCE):
            client = await connect()
            wrong = bootstrap.mismatches(await bootstrap.registered(client))
            since = datetime.now(UTC) - bootstrap.LATELY
            asking = await bootstrap.pollers(client, TASK_QUEUE, since)
            idle = await bootstrap.unserved(client, since)
    except (RuntimeError, RPCError, TimeoutError, ValueError) as error:
        return [_silent("Temporal does not answer", error, remedy)]
    prepare = None if remedy is Remedy.START else Remedy.PREPARE
    return [
        Finding(ok=True, what=f"Temporal answers at {address}"),
        Finding(not wrong, "Cases can be searched for", " ".join(wrong), prepare),
        Finding(asking > 0, f"Workers that ask for work: {asking}", remedy=remedy),
        _duties(idle),
    ]


def _duties(idle: list[str]) -> Finding:
    """A worker may have some duties only: then another has to have the rest."""
    names = ", ".join(idle or TASK_QUEUES)
    what = "No worker serves" if idle else "Workers serve"
    return Finding(not idle, f"{what}: {names}", remedy=Remedy.SERVE, about=",".join(idle))


def _worker(running: embedded.Running) -> Finding:
    log = running.home / "logs" / "worker.log"
    return Finding(running.worker is not None, "The worker runs", f"See {log}.", Remedy.START)


def _api(running: embedded.Running) -> Finding:
    log = running.home / "logs" / "api.log"
    listens = running.api is not None and tcp_ports.answers(running.api_port)
    what = f"The gateway listens at {running.api_url}"
    return Finding(listens, what, f"See {log}.", Remedy.START)


def _console(running: embedded.Running) -> Finding:
    log = running.home / "logs" / "console.log"
    listens = running.console is not None and tcp_ports.answers(running.console_port)
    what = f"The console listens at {running.console_url}"
    return Finding(listens, what, f"See {log}.", Remedy.START)


def _silent(what: str, error: Exception, remedy: Remedy) -> Finding:
    """A server that does not answer: only our own can be started from here."""
    known = remedy if remedy is Remedy.START else None
    return Finding(ok=False, what=what, advice=f"{error}".strip(), remedy=known)


def _existing(folder: Path) -> Path:
    return next(place for place in (folder, *folder.parents) if place.exists())
