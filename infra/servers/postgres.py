"""The embedded PostgreSQL: made once, started when needed, found again when it still runs."""

import contextlib
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg

from infra import logs
from infra.errors import InfraError
from infra.servers import binaries, processes, unix_user
from infra.servers.processes import ProcessRecord, Program

DATABASE = "amicable"
_PORT = "5432"
_STATUS_LINE = 8
_ATTEMPTS = 20
_PATIENCE = 60.0  # seconds: recovery after a crash reads the whole log since the last checkpoint
_ALWAYS = {"timezone": "UTC", "log_timezone": "UTC", "listen_addresses": ""}


@dataclass(frozen=True)
class PostgresServer:
    """A running PostgreSQL: who it is and the folder of its socket."""

    record: ProcessRecord
    socket: Path
    data: Path

    def url(self, database: str = DATABASE) -> str:
        """The address for SQLAlchemy."""
        folder = quote(str(self.socket), safe="/")
        return f"postgresql+psycopg://{DATABASE}@/{database}?host={folder}&port={_PORT}"

    def conninfo(self, database: str = DATABASE) -> str:
        """The address for psycopg and `psql`."""
        return f"host='{self.socket}' port={_PORT} user={DATABASE} dbname={database}"


@dataclass(frozen=True)
class PostgresPlace:
    """How the server is run; tests give up the disk's safety for speed."""

    settings: Mapping[str, str] = field(default_factory=dict)
    synced: bool = True


def start(folder: Path, log: Path, choice: PostgresPlace | None = None) -> PostgresServer:
    """Adopt the server of this folder, or start one; afterwards the database `amicable` exists."""
    choice = choice or PostgresPlace()
    place = unix_user.seat(folder, binaries.postgres())
    _initialise(place, choice)
    program = _program(place, log, choice)
    log.parent.mkdir(parents=True, exist_ok=True)
    failures = 0
    end = time.monotonic() + _PATIENCE
    while failures < _ATTEMPTS and time.monotonic() < end:
        server = adopt(place.data) or _launch(program, place.data)
        if server and _has_database(server):
            return server
        failures += server is None
        time.sleep(0.05 if server else 0.5)
    raise InfraError(f"PostgreSQL did not start; {log} ends with:\n{logs.tail(log)}")


def find(folder: Path) -> PostgresServer | None:
    """Find the server that runs on this folder; starts and changes nothing."""
    return next((s for data in unix_user.known_data(folder) if (s := adopt(data))), None)


def adopt(data: Path) -> PostgresServer | None:
    """Adopt the live server that the data folder names in `postmaster.pid`."""
    lines = _postmaster(data)
    if len(lines) < _STATUS_LINE or not lines[0].isdigit():
        return None
    pid = int(lines[0])
    began = processes.began(pid)
    if began is None or processes.program_of(pid) != "postgres":
        return None
    return PostgresServer(ProcessRecord(pid, began), Path(lines[4]), data)


def stop(server: PostgresServer) -> bool:
    """Shut down fast: open transactions are rolled back, everything committed is on disk."""
    return processes.stop_process(server.record, patience=20.0, first=signal.SIGINT)


def _postmaster(data: Path) -> list[str]:
    try:
        return (data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return []
    except PermissionError as error:
        raise InfraError(
            f"{data} belongs to another user. Run as that user, or set AMICABLE_HOME elsewhere.",
        ) from error


def _initialise(place: unix_user.Seat, choice: PostgresPlace) -> None:
    if (place.data / "PG_VERSION").exists():
        return
    command = [str(place.binaries / "initdb"), "-D", str(place.data), "-U", DATABASE]
    command += ["--auth=trust", "-E", "UTF8", "--locale=C.UTF-8"]
    made = subprocess.run(
        command if choice.synced else [*command, "--no-sync"],
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
        **place.account.options(),  # type: ignore[call-overload]  # user and group as a bundle
    )
    if made.returncode:
        raise InfraError(f"initdb could not make {place.data}: {made.stderr.strip()}")


def _program(place: unix_user.Seat, log: Path, choice: PostgresPlace) -> Program:
    settings = {**_ALWAYS, "unix_socket_directories": str(place.socket), **choice.settings}
    command = [str(place.binaries / "postgres"), "-D", str(place.data), "-p", _PORT]
    command += [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
    return Program(command, log, Path("/"), account=place.account)


def _launch(program: Program, data: Path) -> PostgresServer | None:
    """None when it ended at once: after a crash its orphans hold the memory for a moment."""
    _forget_a_stranger(data)
    record = processes.start_process(program)
    processes.wait_until(lambda: adopt(data) or not processes.alive(record), 30.0)
    return adopt(data)


def _forget_a_stranger(data: Path) -> None:
    """After a reboot the noted id may be another program's, and PostgreSQL would wait for it."""
    lines = _postmaster(data)
    program = processes.program_of(int(lines[0])) if lines and lines[0].isdigit() else ""
    if program not in {"", "postgres"}:
        (data / "postmaster.pid").unlink(missing_ok=True)


def _has_database(server: PostgresServer) -> bool:
    """Only when the socket answers is it ready; until then it may be recovering from a crash."""
    try:
        link = psycopg.connect(server.conninfo("postgres"), autocommit=True, connect_timeout=10)
    except psycopg.OperationalError:
        return False
    with link:
        row = link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
        if row is None:
            with contextlib.suppress(psycopg.errors.DuplicateDatabase):
                link.execute(f"CREATE DATABASE {DATABASE}")
    return True
