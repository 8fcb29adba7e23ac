"""A house of our own to burn down: a Temporal server, a PostgreSQL, workers, and a way to kill."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from sqlalchemy import Engine
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter

from activities.ports.clock import seconds_awake_or_not
from adapters.ledger.core import migrate
from adapters.ledger.core.engine import make_engine
from infra.servers import postgres, processes, temporal_server
from infra.servers.processes import ProcessRecord, Program
from tests import servers
from tests.crash import plug
from tests.crash.impatience import ImpatientClient
from tests.crash.plug import Deaths

ROOT = Path(__file__).resolve().parents[2]


_SILENT = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE state = 'idle in transaction'
      AND state_change < now() - %(long)s * interval '1 second'"""
SILENT = 9.0
"""Seconds; nobody who runs is silent for so long, and no look holds much longer."""


class Frozen:
    """A process that is stopped, and later goes on.

    Attributes:
        since: when it was stopped, by the clock of the last look (seconds).
    """

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.since = seconds_awake_or_not()

    def stop(self) -> None:
        """Stop it now."""
        self._signal(signal.SIGSTOP)
        self.since = seconds_awake_or_not()

    @property
    def stands_still(self) -> bool:
        """Whether it has been stopped."""
        command = ["ps", "-o", "stat=", "-p", str(self.pid)]
        found = subprocess.run(command, capture_output=True, text=True, check=False).stdout
        return found.strip().startswith("T")

    def wait_for(self, seconds: float) -> None:
        """Wait until it has stood still so long."""
        while seconds_awake_or_not() < self.since + seconds:
            time.sleep(0.1)

    def go_on(self) -> None:
        """Let it go on, if it still lives."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)


@dataclass
class CrashHarness:
    """Everything that runs, each part killable.

    Attributes:
        kills: the instant (seconds since 1970) of each kill, by what was killed.
        frozen: the workers that stand still just now; nobody kills them.
    """

    folder: Path
    temporal: temporal_server.TemporalServer
    postgres: postgres.PostgresServer
    workers: ProcessRecord | None = None
    kills: dict[str, list[tuple[float, int]]] = field(default_factory=dict)
    frozen: set[int] = field(default_factory=set)

    @property
    def address(self) -> str:
        """Where Temporal listens, also after a restart."""
        return self.temporal.address

    async def client(self) -> Client:
        """A client as any program has one."""
        return await Client.connect(
            self.address,
            data_converter=pydantic_data_converter,
            interceptors=[ImpatientClient()],
        )

    def start_workers(
        self, count: int, deaths: Deaths | None = None, *, linger: float = 0, slots: int = 16
    ) -> None:
        """Keep that many workers alive from now on, to die as planned, slow at every point."""
        plug.plan(self.folder, deaths or {}, linger, slots)
        command = [sys.executable, "-m", "tests.crash.worker_under_test"]
        command += [str(self.folder), self.address, str(count)]
        program = Program(command, self.folder / "workers.log", ROOT, env=self._env())
        self.workers = processes.start_process(program)
        processes.remember_process(self.folder / "workers.json", self.workers)

    def stop_workers(self) -> None:
        """End them, and their parent."""
        processes.stop_process(self.workers)

    def kill_worker(self) -> None:
        """Kill the worker that has lived longest; its parent starts another."""
        alive = self.folder / "workers"
        processes.wait_until(alive.exists, 60)  # on a busy machine the first one starts late
        pids = {int(pid) for pid in alive.read_text().split()} - self.frozen
        if pids:
            self._kill("worker", min(pids))

    def kill_inside_t2(self, within: float) -> None:
        """Kill workers that have just passed a point under the lock, until one died there."""
        passes, end = self.folder / "passes.log", time.monotonic() + within
        processes.wait_until(passes.exists, within)
        with passes.open("rb") as log:
            log.seek(0, os.SEEK_END)
            while time.monotonic() < end:
                line = log.readline()
                if not line.endswith(b"\n"):
                    log.seek(-len(line), os.SEEK_CUR)
                    time.sleep(0.005)
                    continue
                at, pid, _, name, *_ = line.decode().split()
                if name in plug.UNDER_THE_LOCK and time.time() - float(at) < 0.1:
                    self._kill("worker", int(pid))
                    if plug.died_inside_t2(self.folder, self.kills["worker"][-1:], 1):
                        return

    def freeze_worker(self, seconds: float) -> None:
        """Stop the worker that has lived longest, and let it go on when its looks are too old.

        Meanwhile PostgreSQL ends its transactions, as it does with whoever is silent for a minute.
        """
        alive = self.folder / "workers"
        processes.wait_until(alive.exists, 60)
        pids = alive.read_text().split()
        if pids:
            frozen = Frozen(min(map(int, pids)))
            frozen.stop()
            self.frozen.add(frozen.pid)
            self.kills.setdefault("frozen", []).append((time.time(), frozen.pid))
            frozen.wait_for(seconds)
            with contextlib.suppress(psycopg.OperationalError):  # it may be dead just now
                self.end_silent_transactions()
            frozen.go_on()
            self.frozen.discard(frozen.pid)

    def end_silent_transactions(self) -> int:
        """End transactions of those who have been silent for long; answers how many."""
        with psycopg.connect(self.postgres.conninfo()) as link:
            return link.execute(_SILENT, {"long": SILENT}).rowcount

    def kill_temporal(self) -> None:
        """Kill the Temporal server and start it again on its state file."""
        self._kill("temporal", self.temporal.record.pid)
        processes.wait_until(lambda: not processes.alive(self.temporal.record), 10)
        self.temporal = servers.start_temporal(self.folder / "temporal")

    def kill_postgres(self) -> None:
        """Kill the PostgreSQL server with all that it has forked; it recovers from its log."""
        pid = self.postgres.record.pid
        for one in (pid, *_children(pid)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        self.kills.setdefault("postgres", []).append((time.time(), 0))
        processes.wait_until(lambda: not processes.alive(self.postgres.record), 10)
        self.postgres = servers.start_postgres(self.folder / "postgres")

    def _kill(self, what: str, pid: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        self.kills.setdefault(what, []).append((time.time(), pid))

    def _env(self) -> dict[str, str]:
        ours = {
            "AMICABLE_HOME": str(self.folder / "home"),
            "AMICABLE_DATABASE_URL": self.postgres.url(),
            "AMICABLE_OUTBOX_DIR": str(self.folder / "outbox"),
            "AMICABLE_OUTBOX_FORGETFUL": "1",
            "AMICABLE_POST__PROVIDER": "queue",
        }
        rest = {k: v for k, v in os.environ.items() if not k.startswith(("AMICABLE_", "TEMPORAL_"))}
        return rest | ours


def _children(pid: int) -> list[int]:
    """PostgreSQL's own processes lead groups of their own: ask who their parent is."""
    command = ["ps", "-axo", "pid=,ppid="]
    listing = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    pairs = (line.split() for line in listing.splitlines())
    return [int(child) for child, parent in pairs if int(parent) == pid]


@contextlib.contextmanager
def application(folder: Path) -> Iterator[CrashHarness]:
    """Servers on a folder of their own, with a migrated ledger; all ended afterwards."""
    folder.mkdir(parents=True, exist_ok=True)
    built = CrashHarness(
        folder,
        servers.start_temporal(folder / "temporal"),
        servers.start_postgres(folder / "postgres"),
    )
    migrate.upgrade(built.postgres.url())
    try:
        yield built
    finally:
        built.stop_workers()
        temporal_server.stop(built.temporal)
        postgres.stop(built.postgres)


@contextlib.contextmanager
def engine_of(built: CrashHarness) -> Iterator[Engine]:
    """Connections to the house's ledger; they come back when the server does."""
    engine = make_engine(built.postgres.url(), pool_size=10)
    try:
        yield engine
    finally:
        engine.dispose()
