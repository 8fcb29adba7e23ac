"""The console's process of the embedded default."""

import os
import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from infra import logs
from infra.errors import InfraError
from infra.servers import processes, tcp_ports
from infra.servers.places import Places
from infra.servers.processes import ProcessRecord, Program

CONSOLE_COMMAND = (sys.executable, "-m", "starter.console")
CONSOLE_PORT = "AMICABLE_CONSOLE__PORT"
_USUAL = 8485
_PATIENCE = 90.0  # seconds until a started console listens
_GRACE = 30.0  # seconds in which it may finish what it does


def console_port(before: Mapping[str, str], taken: Collection[int] = ()) -> int:
    """Choose its port: the one of last time, else the usual one, else a free one; none taken."""
    known = before.get(CONSOLE_PORT, "")
    wished = int(known) if known.isdecimal() else 0
    return tcp_ports.pick(wished if wished < tcp_ports.BEYOND else 0, _USUAL, taken=taken)


def start(place: Places, env: Mapping[str, str], command: Sequence[str]) -> ProcessRecord:
    """Start it anew, and wait until it listens.

    Raises:
        InfraError: it ended, or stayed silent for a minute and a half.

    """
    log = place.logs / "console.log"
    ours = {name: value for name, value in os.environ.items() if not name.startswith("TEMPORAL_")}
    record = processes.start_process(Program(command, log, place.home, {**ours, **env}))
    processes.remember_process(_note(place), record)
    port = int(env[CONSOLE_PORT])
    processes.wait_until(
        lambda: tcp_ports.listens(record.pid, port) or find(place) is None, _PATIENCE
    )
    if not tcp_ports.listens(record.pid, port):
        raise InfraError(f"The console did not start; {log} ends with:\n{logs.tail(log)}")
    return record


def find(place: Places) -> ProcessRecord | None:
    """Find the console that was started here, if it still runs."""
    return processes.recall(_note(place))


def stop(place: Places) -> bool:
    """Let it finish what it does, then end it; False when none ran."""
    return processes.stop_process(find(place), patience=_GRACE)


def _note(place: Places) -> Path:
    return place.run / "console.json"
