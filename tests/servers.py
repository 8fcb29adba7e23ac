"""The servers of a test session, each in a folder named after the pytest process that owns it."""

import fcntl
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from domain.names import SEARCH_ATTRIBUTES
from infra.servers import postgres, processes, tcp_ports, temporal_server, unix_user
from starter.rehearsal.server import FLAGS

# Tests kill processes, never the machine: what reached the system's cache is enough, and fast.
QUICK = postgres.PostgresPlace(
    settings={"fsync": "off", "full_page_writes": "off", "max_connections": "200"},
    synced=False,
)

_SESSIONS = Path(tempfile.gettempdir()) / f"amicable-tests-{os.geteuid()}"


@contextmanager
def session_folder() -> Iterator[Path]:
    """A folder for this session's servers; what a killed session left behind is ended first."""
    sweep()
    pid = os.getpid()
    folder = _SESSIONS / f"{pid}-{re.sub(r'[^0-9A-Za-z]', '', processes.began(pid) or '')}"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield folder
    finally:
        end(folder)


def sweep() -> None:
    """End the servers of sessions whose pytest no longer runs; sessions that begin take turns."""
    _SESSIONS.mkdir(parents=True, exist_ok=True)
    with (_SESSIONS / "sweeping").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        for folder in _SESSIONS.glob("*-*"):
            pid, _, began = folder.name.partition("-")
            if re.sub(r"[^0-9A-Za-z]", "", processes.began(int(pid)) or "gone") != began:
                end(folder)


def end(folder: Path) -> None:
    """Stop every server that a session's folder knows of, then forget the folder."""
    for child in folder.rglob("*postgres"):
        for data in unix_user.known_data(child):  # root's data may have had to move
            if server := postgres.adopt(data):
                postgres.stop(server)
            shutil.rmtree(data.parent, ignore_errors=True)
    for note in folder.rglob("*.json"):
        processes.stop_process(processes.recall(note))
    shutil.rmtree(folder, ignore_errors=True)


def note_children(folder: Path) -> None:
    """Write down the dev servers that the SDK started for us: it tells nobody their ids."""
    command = ["ps", "-axo", "pid=,ppid=,command="]
    listing = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for line in listing.splitlines():
        pid, parent, program = line.split(maxsplit=2)
        if int(parent) == os.getpid() and " start-dev" in program:
            record = processes.ProcessRecord(int(pid), processes.began(int(pid)) or "")
            processes.remember_process(folder / f"server-{pid}.json", record)


def flags() -> list[str]:
    """What the dev server is told beside its ports: time skipping, and what cases are found by."""
    dynamic = temporal_server.repeated("--dynamic-config-value", FLAGS)
    return dynamic + temporal_server.repeated("--search-attribute", SEARCH_ATTRIBUTES)


def start_temporal(folder: Path) -> temporal_server.TemporalServer:
    """A dev server of one's own, for tests that stop, kill or fill it."""
    leave_the_usual_ports(folder)
    choice = temporal_server.TemporalPlace(dynamic=FLAGS)
    return temporal_server.start(folder, folder / "temporal.log", choice)


def leave_the_usual_ports(folder: Path) -> None:
    """To a demo on the same machine: a Temporal folder that starts with ports of its own."""
    note = folder / "ports.json"
    if not note.exists():
        folder.mkdir(parents=True, exist_ok=True)
        port = tcp_ports.pick()
        note.write_text(json.dumps({"port": port, "ui_port": tcp_ports.pick(taken={port})}))


def start_postgres(folder: Path) -> postgres.PostgresServer:
    """A PostgreSQL of one's own, for tests that stop or kill it."""
    return postgres.start(folder, folder / "postgres.log", QUICK)
