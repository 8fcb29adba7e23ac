"""Examines this machine, and says what is missing in words a person can act on."""

import asyncio
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

import psycopg
from temporalio.client import Client
from temporalio.service import RPCError

from domain.names import TASK_QUEUE, TASK_QUEUES
from infra import bootstrap, embedded
from infra.errors import InfraError
from infra.servers import binaries, tcp_ports
from infra.servers.places import Places, places

_OLDEST_PYTHON = (3, 11)
_SPACE = 1_000_000_000  # bytes
_PATIENCE = 5.0  # seconds for each server to answer
_LATELY = timedelta(minutes=2)  # a worker asks at least once a minute
_LOOK = "The worker's log says why."
_FAILING_PARTS = """
SELECT name, failure FROM round_part WHERE failures > 0 AND name <> 'round' ORDER BY name
"""
_UNENDED_ROUND = """
SELECT begun_at FROM round_part WHERE name = 'round'
  AND begun_at > coalesce(ended_at, '-infinity') AND begun_at < now() - interval '30 minutes'
"""
_STUCK_CASES = """
SELECT case_id FROM stuck_case WHERE rounds >= 3 OR attempts >= 3 ORDER BY since
"""


class Remedy(StrEnum):
    """What mends a finding; which command that is, the command line says."""

    START = "start"
    RESTART = "restart"
    NEWER_PYTHON = "newer_python"
    LOOK = "look"
    SERVE = "serve"


@dataclass(frozen=True)
class Finding:
    """The result of one check: whether it is well, what was seen, and what to do if not.

    Attributes:
        about: what the remedy is for, such as the duties of a worker.
    """

    ok: bool
    what: str
    advice: str = ""
    remedy: Remedy | None = None
    about: str = ""


def examine(home: Path | str | None = None) -> list[Finding]:
    """Check everything the embedded default needs; changes nothing and starts nothing."""
    place = places(home)
    return [*_machine(place), *_servers(place)]


def _machine(place: Places) -> Iterator[Finding]:
    yield _python()
    yield _program("Temporal's dev server", binaries.temporal)
    yield _program("PostgreSQL's programs", binaries.postgres)
    yield _space(place)
    yield _rights(place)


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
    except InfraError as error:
        yield Finding(ok=False, what="The data cannot be read", advice=str(error))
        return
    if running is None:
        yield Finding(ok=False, what="The servers do not run", remedy=Remedy.START)
        return
    yield Finding(ok=True, what=f"The servers run; the Temporal UI is at {running.ui_url}")
    yield _ui(running)
    yield from _database(running)
    yield from asyncio.run(_temporal(running))
    yield _worker(running)
    if running.api_port:
        yield _api(running)


def _ui(running: embedded.Running) -> Finding:
    port = int(running.ui_url.rpartition(":")[2])
    answers = tcp_ports.answers(port)
    return Finding(answers, f"Port {port} answers", remedy=Remedy.RESTART)


def _database(running: embedded.Running) -> Iterator[Finding]:
    target = running.dsn.replace("+psycopg", "", 1)
    try:
        with psycopg.connect(target, connect_timeout=int(_PATIENCE)) as link:
            row = link.execute("SELECT to_regclass('alembic_version')::text").fetchone()
            found = list(rounds_and_cases(link))
    except psycopg.Error as error:
        yield _silent("The ledger does not answer", error)
        return
    yield Finding(ok=True, what="The ledger answers")
    yield Finding(bool(row and row[0]), "The ledger has its tables", remedy=Remedy.START)
    yield from found


def rounds_and_cases(link: psycopg.Connection[Any]) -> Iterator[Finding]:
    """What the ledger says about the reconciler's rounds, and about cases that are stuck."""
    known = link.execute("SELECT to_regclass('round_part')::text").fetchone()
    if known and known[0]:
        yield from _rounds(link)
        yield _stuck(link)


def _rounds(link: psycopg.Connection[Any]) -> Iterator[Finding]:
    """How the reconciler's rounds go: each part that failed, and whether they end."""
    failing = link.execute(_FAILING_PARTS).fetchall()
    for name, failure in failing:
        what = f"The reconciler's round fails at its part {name} ({failure})"
        yield Finding(ok=False, what=what, advice=_LOOK, remedy=Remedy.LOOK)
    for (begun,) in link.execute(_UNENDED_ROUND).fetchall():
        what = f"The reconciler's round of {begun:%Y-%m-%d %H:%M} has not ended"
        yield Finding(ok=False, what=what, advice=_LOOK, remedy=Remedy.LOOK)
        return
    if not failing:
        yield Finding(ok=True, what="The reconciler's last round went well")


def _stuck(link: psycopg.Connection[Any]) -> Finding:
    cases = [case for (case,) in link.execute(_STUCK_CASES).fetchall()]
    if not cases:
        return Finding(ok=True, what="Every case goes on by itself")
    others = f" (and {len(cases) - 1} more)" if len(cases) > 1 else ""
    return Finding(
        ok=False,
        what=f"{cases[0]} does not go on by itself{others}",
        advice=_LOOK,
        remedy=Remedy.LOOK,
    )


async def _temporal(running: embedded.Running) -> list[Finding]:
    try:
        async with asyncio.timeout(_PATIENCE):
            client = await Client.connect(running.temporal_address, namespace=running.namespace)
            wrong = bootstrap.mismatches(await bootstrap.registered(client))
            since = datetime.now(UTC) - _LATELY
            asking = await bootstrap.pollers(client, TASK_QUEUE, since)
            idle = await bootstrap.unserved(client, since)
    except (RuntimeError, RPCError, TimeoutError) as error:
        return [_silent("Temporal does not answer", error)]
    return [
        Finding(ok=True, what=f"Temporal answers at {running.temporal_address}"),
        Finding(not wrong, "Cases can be searched for", " ".join(wrong)),
        Finding(asking > 0, f"Workers that ask for work: {asking}", remedy=Remedy.START),
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


def _silent(what: str, error: Exception) -> Finding:
    return Finding(ok=False, what=what, advice=f"{error}", remedy=Remedy.START)


def _existing(folder: Path) -> Path:
    return next(place for place in (folder, *folder.parents) if place.exists())
