"""TCP ports on the loopback interface: which are free, and which process listens on one."""

import contextlib
import re
import shutil
import socket
import subprocess
from collections.abc import Collection
from pathlib import Path

LOOPBACK = "127.0.0.1"
BEYOND = 65536
"""One more than the last port that there is."""

_LISTENING = "0A"


def is_port(value: object) -> bool:
    """Tell whether this is a whole number that a port may have: files hold anything."""
    return type(value) is int and 0 < value < BEYOND


def free(port: int) -> bool:
    """Tell whether nobody uses this port."""
    with contextlib.closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def pick(*wished: int, taken: Collection[int] = ()) -> int:
    """Choose the first wished port that is free, else any free one; never one that is taken.

    Taken is what was chosen for somebody else, who does not listen there yet.
    """
    for port in wished:
        if port and port not in taken and free(port):
            return port
    while True:
        with contextlib.closing(socket.socket()) as probe:
            probe.bind((LOOPBACK, 0))
            port = int(probe.getsockname()[1])
        if port not in taken:
            return port


def answers(port: int) -> bool:
    """Tell whether somebody listens on this port."""
    with contextlib.closing(socket.socket()) as probe:
        probe.settimeout(1.0)
        return probe.connect_ex((LOOPBACK, port)) == 0


def listens(pid: int, port: int) -> bool:
    """Tell whether it is this very process that listens on the port."""
    if Path("/proc/net/tcp").exists():
        return bool(_listening_sockets(port) & _sockets_of(pid))
    if shutil.which("lsof") is None:
        return answers(port)
    command = ["lsof", "-nP", "-a", "-p", str(pid), f"-iTCP:{port}", "-sTCP:LISTEN", "-t"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _listening_sockets(port: int) -> set[str]:
    found = set()
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        fields = line.split()
        if fields[3] == _LISTENING and int(fields[1].rpartition(":")[2], 16) == port:
            found.add(fields[9])
    return found


def _sockets_of(pid: int) -> set[str]:
    found = set()
    with contextlib.suppress(OSError):
        for handle in Path(f"/proc/{pid}/fd").iterdir():
            with contextlib.suppress(OSError):
                found.update(re.findall(r"^socket:\[(\d+)\]$", str(handle.readlink())))
    return found
