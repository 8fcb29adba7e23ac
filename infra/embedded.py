"""The embedded default: Temporal, PostgreSQL, a worker, a gateway and a console, right here."""

import asyncio
import fcntl
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from temporalio.client import Client

from infra import bootstrap
from infra.errors import InfraError
from infra.servers import postgres, tcp_ports, temporal_server, worker_process
from infra.servers.http_process import CONSOLE, GATEWAY
from infra.servers.places import Places, places
from infra.servers.processes import ProcessRecord
from infra.servers.temporal_server import TemporalPlace
from infra.servers.ui_codec import UiCodec, ui_codec

NAMESPACE = "default"


@dataclass(frozen=True)
class Running:
    """The running servers and how to reach them."""

    home: Path
    dsn: str
    temporal_address: str
    ui_url: str
    namespace: str
    outbox: Path
    worker: ProcessRecord | None = None
    api: ProcessRecord | None = None
    api_port: int = 0
    codec: UiCodec | None = None
    console: ProcessRecord | None = None
    console_port: int = 0

    @property
    def api_url(self) -> str:
        """Where the gateway listens; empty if none was started."""
        return f"http://{tcp_ports.LOOPBACK}:{self.api_port}" if self.api_port else ""

    @property
    def console_url(self) -> str:
        """What people open; empty if no console was started. Passkeys want a name, no number."""
        return f"http://localhost:{self.console_port}" if self.console_port else ""

    def env(self) -> dict[str, str]:
        """The environment by which the worker and every command find the servers."""
        return {
            "AMICABLE_HOME": str(self.home),
            "AMICABLE_DATABASE_URL": self.dsn,
            "AMICABLE_OUTBOX_DIR": str(self.outbox),
            "AMICABLE_TEMPORAL_UI": self.ui_url,
            "TEMPORAL_ADDRESS": self.temporal_address,
            "TEMPORAL_NAMESPACE": self.namespace,
            **({GATEWAY.port_setting: str(self.api_port)} if self.api_port else {}),
            **({CONSOLE.port_setting: str(self.console_port)} if self.console_port else {}),
            **(self.codec.env(self.ui_url) if self.codec else {}),
        }


def _nothing(_: object) -> None:
    """Where nobody listens and nothing is to be migrated."""


@dataclass(frozen=True)
class StartPlan:
    """What `up` does beside the servers; the caller knows the ledger.

    Without a command for it there is no gateway, and no console.
    """

    migrate: Callable[[Mapping[str, str]], None] = _nothing
    worker: Sequence[str] = worker_process.WORKER_COMMAND
    api: Sequence[str] = ()
    console: Sequence[str] = ()
    say: Callable[[str], None] = _nothing


def up(home: Path | str | None = None, plan: StartPlan | None = None) -> Running:
    """Start what does not run yet, in the order it is needed; harmless to repeat.

    Raises:
        InfraError: with the reason and the way out. Not to be called inside a running event loop.

    """
    plan = plan or StartPlan()
    place = _prepared(places(home))
    with _alone(place):
        CONSOLE.stop(place)
        GATEWAY.stop(place)
        running = _with_console(place, plan, _servers(place, plan))
        _write_env(place, running)
        plan.say("Bringing the ledger up to date")
        plan.migrate(running.env())
        plan.say("Starting the worker")
        began = datetime.now(UTC)
        worker_process.start(place, running.env(), plan.worker)
        asyncio.run(_until_ready(place, running, began))
        if plan.api:
            plan.say("Starting the gateway")
            GATEWAY.start(place, running.env(), plan.api)
        if plan.console:
            plan.say("Starting the console")
            CONSOLE.start(place, running.env(), plan.console)
    return _with_worker(place, running)


def down(home: Path | str | None = None, say: Callable[[str], None] = _nothing) -> bool:
    """Stop what `up` started here and nothing else; all data stays. False when nothing ran."""
    place = places(home)
    if not place.home.exists():
        return False
    with _alone(_prepared(place)):
        stops: dict[str, Callable[[], bool]] = {
            "the console": lambda: CONSOLE.stop(place),
            "the gateway": lambda: GATEWAY.stop(place),
            "the worker": lambda: worker_process.stop(place),
        }
        if temporal := temporal_server.find(place.temporal):
            stops["Temporal"] = lambda: temporal_server.stop(temporal)
        if database := postgres.find(place.postgres):
            stops["PostgreSQL"] = lambda: postgres.stop(database)
        stopped = [what for what, stop in stops.items() if stop()]
        place.env_file.unlink(missing_ok=True)
    say(f"Stopped {', '.join(stopped)}" if stopped else "Nothing was running")
    return bool(stopped)


def status(home: Path | str | None = None) -> Running | None:
    """Find what runs here, without starting anything; None unless both servers do."""
    place = places(home)
    temporal = temporal_server.find(place.temporal)
    database = postgres.find(place.postgres)
    if temporal is None or database is None:
        return None
    before = environment(home)
    api_port, console_port = GATEWAY.port_in(before), CONSOLE.port_in(before)
    running = _running(place, database, temporal, api_port)
    return _with_worker(place, replace(running, console_port=console_port))


def environment(home: Path | str | None = None) -> dict[str, str]:
    """Read what `up` wrote for commands in other terminals; empty when nothing was started."""
    try:
        lines = places(home).env_file.read_text().splitlines()
    except OSError:
        return {}
    return dict(line.split("=", 1) for line in lines if "=" in line)


def _servers(place: Places, plan: StartPlan) -> Running:
    plan.say("Starting PostgreSQL")
    database = postgres.start(place.postgres, place.logs / "postgres.log")
    plan.say("Starting Temporal")
    before = environment(place.home)
    sealed = ui_codec(place.run, os.environ) if plan.api else None
    if sealed:  # the UI has to know beforehand where the gateway will open what it shows
        api_port = GATEWAY.pick_port(before, temporal_server.ports_of(place.temporal))
        choice = TemporalPlace(codec=sealed.url(api_port), taken=frozenset({api_port}))
        temporal = temporal_server.start(place.temporal, place.logs / "temporal.log", choice)
        return _running(place, database, temporal, api_port, sealed)
    temporal = temporal_server.start(place.temporal, place.logs / "temporal.log")
    taken = {temporal.ports.port, temporal.ports.ui_port}
    api_port = GATEWAY.pick_port(before, taken) if plan.api else 0
    return _running(place, database, temporal, api_port)


def _with_console(place: Places, plan: StartPlan, running: Running) -> Running:
    """Choose the console's port, after all others are known."""
    if not plan.console:
        return running
    temporal = temporal_server.ports_of(place.temporal)
    taken = {running.api_port, *temporal}
    return replace(running, console_port=CONSOLE.pick_port(environment(place.home), taken))


def _running(
    place: Places,
    database: postgres.PostgresServer,
    temporal: temporal_server.TemporalServer,
    api_port: int,
    sealed: UiCodec | None = None,
) -> Running:
    return Running(
        home=place.home,
        dsn=database.url(),
        temporal_address=temporal.address,
        ui_url=temporal.ui_url,
        namespace=NAMESPACE,
        outbox=place.outbox,
        api_port=api_port,
        codec=sealed,
    )


async def _until_ready(place: Places, running: Running, since: datetime) -> None:
    client = await Client.connect(running.temporal_address, namespace=running.namespace)
    await bootstrap.prepare(client)
    await worker_process.until_it_asks_for_work(place, client, since)


def _with_worker(place: Places, running: Running) -> Running:
    found = {
        "worker": worker_process.find(place),
        "api": GATEWAY.find(place),
        "console": CONSOLE.find(place),
    }
    return Running(**{**vars(running), **found})


def _write_env(place: Places, running: Running) -> None:
    """Whole or not at all, and for this user only."""
    draft = place.run / "env.new"
    draft.write_text("".join(f"{key}={value}\n" for key, value in running.env().items()))
    draft.chmod(0o600)
    draft.replace(place.env_file)


def _prepared(place: Places) -> Places:
    try:
        return place.prepare()
    except OSError as error:
        raise InfraError(
            f"{place.home} cannot be written ({error}). Run as its owner, or set AMICABLE_HOME.",
        ) from error


@contextmanager
def _alone(place: Places) -> Iterator[None]:
    """Two terminals that start or stop at the same time take turns."""
    with (place.run / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
