"""The processes of the embedded default that listen for HTTP: the gateway and the console."""

import os
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from infra import logs
from infra.errors import InfraError
from infra.servers import processes, tcp_ports
from infra.servers.places import Places
from infra.servers.processes import ProcessRecord, Program

_PATIENCE = 90.0  # seconds until a started one listens
_GRACE = 30.0  # seconds in which it may finish what it does


@dataclass(frozen=True)
class HttpProcess:
    """A program of ours that listens at one port.

    Attributes:
        name: what its log and its note are called.
        what: what people call it.
        module: what Python runs.
        port_setting: the setting that says where it listens.
        usual: the port it takes if that is free.
    """

    name: str
    what: str
    module: str
    port_setting: str
    usual: int

    @property
    def command(self) -> tuple[str, ...]:
        """What is started."""
        return (sys.executable, "-m", self.module)

    def pick_port(self, before: Mapping[str, str], taken: Collection[int] = ()) -> int:
        """Choose its port: the one that is set, that of last time, the usual one, any free one."""
        wished = self.port_in(os.environ), self.port_in(before), self.usual
        return tcp_ports.pick(*wished, taken=taken)

    def port_in(self, before: Mapping[str, str]) -> int:
        """Read the port that settings name, or that of last time; 0 where it is none."""
        known = before.get(self.port_setting, "")
        port = int(known) if known.isascii() and known.isdecimal() else 0
        return port if tcp_ports.is_port(port) else 0

    def start(self, place: Places, env: Mapping[str, str], command: Sequence[str]) -> ProcessRecord:
        """Start it anew, and wait until it listens.

        Raises:
            InfraError: it ended, or stayed silent for a minute and a half.

        """
        log = place.logs / f"{self.name}.log"
        mine = os.environ.items()
        ours = {name: value for name, value in mine if not name.startswith("TEMPORAL_")}
        record = processes.start_process(Program(command, log, place.home, {**ours, **env}))
        processes.remember_process(self._note(place), record)
        port = int(env[self.port_setting])
        processes.wait_until(
            lambda: tcp_ports.listens(record.pid, port) or self.find(place) is None, _PATIENCE
        )
        if not tcp_ports.listens(record.pid, port):
            raise InfraError(f"The {self.what} did not start; {log} ends with:\n{logs.tail(log)}")
        return record

    def find(self, place: Places) -> ProcessRecord | None:
        """Find the one that was started here, if it still runs."""
        return processes.recall(self._note(place))

    def stop(self, place: Places) -> bool:
        """Let it finish what it does, then end it; False when none ran."""
        return processes.stop_process(self.find(place), patience=_GRACE)

    def _note(self, place: Places) -> Path:
        return place.run / f"{self.name}.json"


GATEWAY = HttpProcess("api", "gateway", "starter.api", "AMICABLE_API__PORT", 8484)
CONSOLE = HttpProcess("console", "console", "starter.console", "AMICABLE_CONSOLE__PORT", 8485)
