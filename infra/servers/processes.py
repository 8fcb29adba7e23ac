"""Runs programs that outlive the command that started them."""

import contextlib
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

_children: dict[int, subprocess.Popen[bytes]] = {}
"""Kept, so that one of ours that ends is reaped and not taken for alive."""


@dataclass(frozen=True)
class ProcessRecord:
    """A running program: its id and when it began, since ids are used again."""

    pid: int
    began: str


@dataclass(frozen=True)
class UnixAccount:
    """The operating system's user a program runs as; None means: as ourselves."""

    uid: int | None = None
    gid: int | None = None

    def options(self) -> dict[str, int | list[int]]:
        """Options for `subprocess`; extra groups go, or root's would be inherited."""
        if self.uid is None or self.gid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


@dataclass(frozen=True)
class Program:
    """A program to start: command, log file, folder, environment and account."""

    command: Sequence[str]
    log: Path
    folder: Path
    env: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    account: UnixAccount = field(default_factory=UnixAccount)


def start_process(program: Program) -> ProcessRecord:
    """Start it in a session of its own, so that neither Ctrl-C nor our end reaches it."""
    with program.log.open("ab") as log:
        child = subprocess.Popen(
            list(program.command),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=program.folder,
            env=dict(program.env),
            start_new_session=True,
            **program.account.options(),  # type: ignore[call-overload]  # user and group as a bundle
        )
    _children[child.pid] = child
    return ProcessRecord(child.pid, began(child.pid) or "")


def began(pid: int) -> str | None:
    """Read when a process began, in the system's own unit; None if there is none."""
    if (child := _children.get(pid)) is not None and child.poll() is not None:
        return None
    stat = Path(f"/proc/{pid}/stat")
    if Path("/proc/self/stat").exists():
        return _began_by_proc(stat)
    return _began_by_ps(pid)


def _began_by_proc(stat: Path) -> str | None:
    try:
        fields = stat.read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in "ZX" else fields[19]


def _began_by_ps(pid: int) -> str | None:
    command = ["/bin/ps", "-o", "state=,lstart=", "-p", str(pid)]
    state, _, started = subprocess.run(
        command, capture_output=True, text=True, check=False
    ).stdout.partition(" ")
    return None if not started.strip() or state.startswith("Z") else started.strip()


def program_of(pid: int) -> str:
    """Read the name of a process's program, without arguments; empty if there is none."""
    with contextlib.suppress(OSError):
        return Path(Path(f"/proc/{pid}/cmdline").read_bytes().partition(b"\0")[0].decode()).name
    command = ["/bin/ps", "-o", "comm=", "-p", str(pid)]
    found = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    return Path(found).name


def alive(record: ProcessRecord | None) -> bool:
    """Tell whether exactly this process still runs, not another one with its number."""
    return record is not None and began(record.pid) == record.began


def stop_process(
    record: ProcessRecord | None, patience: float = 10.0, first: int = signal.SIGTERM
) -> bool:
    """Ask it to end, wait (seconds), then make it; False when it was not running."""
    if record is None or not alive(record):
        return False
    for sign, seconds in ((first, patience), (signal.SIGKILL, 5.0)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(record.pid, sign)
        if wait_until(lambda: not alive(record), seconds):
            break
    return True


def wait_until(done: Callable[[], object], seconds: float) -> bool:
    """Look again every 20 ms until it is done or the seconds have passed."""
    end = time.monotonic() + seconds
    while not done():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def remember_process(path: Path, record: ProcessRecord) -> None:
    """Write down which process runs; the file appears whole or not at all."""
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps(asdict(record)))
    draft.replace(path)


def recall(path: Path) -> ProcessRecord | None:
    """Find the process that was written down, if it still runs."""
    try:
        record = ProcessRecord(**json.loads(path.read_text()))
    except (OSError, ValueError, TypeError):
        return None
    return record if alive(record) else None
