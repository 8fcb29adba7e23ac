"""The embedded Temporal dev server with its UI, its state in a file."""

import json
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from domain.names import SEARCH_ATTRIBUTES
from infra import logs
from infra.errors import InfraError
from infra.servers import binaries, processes, tcp_ports
from infra.servers.processes import ProcessRecord, Program

_USUAL_PORT = 7233
_USUAL_UI_PORT = 8233
_ATTEMPTS = 3
_PATIENCE = 90.0  # seconds

# Two to three times faster than the default journal, and nothing was lost under kill -9.
_PRAGMAS = {"journal_mode": "WAL", "synchronous": "NORMAL"}
# Timers fire up to a second late by default, to save work that one machine does not have.
_DYNAMIC = {"history.timerProcessorMaxTimeShift": '"1ms"'}


@dataclass(frozen=True)
class TemporalPorts:
    """The ports of the server and of its UI; kept, so that addresses survive a restart."""

    port: int = 0
    ui_port: int = 0


@dataclass(frozen=True)
class TemporalServer:
    """A running dev server."""

    record: ProcessRecord
    ports: TemporalPorts

    @property
    def address(self) -> str:
        """Where clients and workers connect."""
        return f"{tcp_ports.LOOPBACK}:{self.ports.port}"

    @property
    def ui_url(self) -> str:
        """What to open in a browser."""
        return f"http://{tcp_ports.LOOPBACK}:{self.ports.ui_port}"


@dataclass(frozen=True)
class TemporalPlace:
    """How the server is run.

    Attributes:
        dynamic: dynamic configuration values (JSON) beside our own.
        codec: the address at which the UI has sealed payloads opened; empty for none.
        taken: ports that are somebody else's, who does not listen there yet.
    """

    dynamic: Mapping[str, str] = field(default_factory=dict)
    codec: str = ""
    taken: frozenset[int] = frozenset()


def start(folder: Path, log: Path, choice: TemporalPlace | None = None) -> TemporalServer:
    """Adopt the server that runs on this folder, or start one, on the ports it had before."""
    folder.mkdir(parents=True, exist_ok=True)
    log.parent.mkdir(parents=True, exist_ok=True)
    for _ in range(_ATTEMPTS):
        server = _surviving(folder) or _launch(folder, log, choice or TemporalPlace())
        if _comes_up(server):
            return server
        stop(server)
    raise InfraError(f"Temporal's dev server did not start; {log} ends with:\n{logs.tail(log)}")


def find(folder: Path) -> TemporalServer | None:
    """Find the server that runs on this folder; starts and changes nothing."""
    record = processes.recall(folder / "server.json")
    return TemporalServer(record, _kept_ports(folder)) if record else None


def ports_of(folder: Path) -> frozenset[int]:
    """Find the ports that the server has, or is going to have if they are free."""
    kept = _kept_ports(folder)
    return frozenset({kept.port or _USUAL_PORT, kept.ui_port or _USUAL_UI_PORT})


def stop(server: TemporalServer) -> bool:
    """End the server cleanly; the state file keeps every open case."""
    return processes.stop_process(server.record)


def _surviving(folder: Path) -> TemporalServer | None:
    """A server under `kill -9` looks alive for some milliseconds more: look twice."""
    if find(folder):
        time.sleep(0.05)
    return find(folder)


def _launch(folder: Path, log: Path, choice: TemporalPlace) -> TemporalServer:
    before = _kept_ports(folder)
    # The threads of a killed server hold its port for some milliseconds more.
    processes.wait_until(
        lambda: tcp_ports.free(before.port) and tcp_ports.free(before.ui_port), 1.0
    )
    port = tcp_ports.pick(before.port, _USUAL_PORT, taken=choice.taken)
    taken = {port, *choice.taken}
    ports = TemporalPorts(port, tcp_ports.pick(before.ui_port, _USUAL_UI_PORT, taken=taken))
    draft = folder / "ports.new"
    draft.write_text(json.dumps(asdict(ports)))
    draft.replace(folder / "ports.json")
    record = processes.start_process(Program(_command(folder, ports, choice), log, folder))
    processes.remember_process(folder / "server.json", record)
    return TemporalServer(record, ports)


def _command(folder: Path, ports: TemporalPorts, choice: TemporalPlace) -> list[str]:
    command = [str(binaries.temporal()), "server", "start-dev", "--ui-disable-news-fetch"]
    command += [
        "--port",
        str(ports.port),
        "--ui-port",
        str(ports.ui_port),
        "--ip",
        tcp_ports.LOOPBACK,
    ]
    if choice.codec:
        command += ["--ui-codec-endpoint", choice.codec]
    command += ["--db-filename", str(folder / "state.db"), "--log-level", "warn"]
    command += repeated("--sqlite-pragma", _PRAGMAS)
    command += repeated("--dynamic-config-value", {**_DYNAMIC, **choice.dynamic})
    return command + repeated("--search-attribute", SEARCH_ATTRIBUTES)


def repeated(option: str, values: Mapping[str, str]) -> list[str]:
    """Write an option once for each key=value, as this command line wants it."""
    return [part for key, value in values.items() for part in (option, f"{key}={value}")]


def _comes_up(server: TemporalServer) -> bool:
    processes.wait_until(lambda: _up(server) or not processes.alive(server.record), _PATIENCE)
    return _up(server)


def _up(server: TemporalServer) -> bool:
    """A port is ours only when our own process listens on it."""
    pid = server.record.pid
    return all(tcp_ports.listens(pid, port) for port in (server.ports.port, server.ports.ui_port))


def _kept_ports(folder: Path) -> TemporalPorts:
    """The ports of last time; none where the file is none, or names what cannot be: chosen anew."""
    try:
        kept = TemporalPorts(**json.loads((folder / "ports.json").read_text()))
    except (OSError, ValueError, TypeError, RecursionError):
        return TemporalPorts()
    possible = all(map(tcp_ports.is_port, (kept.port, kept.ui_port)))
    return kept if possible and kept.port != kept.ui_port else TemporalPorts()
