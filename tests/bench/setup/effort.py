"""What something costs the processor, here and in the ledger's server, whatever else runs there."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine, text

_TICKS = os.sysconf("SC_CLK_TCK")
_PARENT, _USER, _OF_ENDED = 1, 11, 15
"""Places in /proc/PID/stat, counted from a process's state on: times of its own, then of others."""


class Effort:
    """Counts the processor's seconds of this process, of those it starts, and of the ledger's."""

    def __init__(self, engine: Engine) -> None:
        with engine.connect() as connection:
            backend = int(connection.execute(text("SELECT pg_backend_pid()")).scalar_one())
        self._server = _stat(backend)[_PARENT]

    def of(self, what: Callable[[], object], times: int = 1) -> float:
        """Tell how many seconds something takes each time, done so many times."""
        began = self._now()
        for _ in range(times):
            what()
        return (self._now() - began) / times

    def _now(self) -> float:
        known = (_stat(int(one.name)) for one in Path("/proc").iterdir() if one.name.isdigit())
        mine = [sum(one[_USER : _USER + 2]) for one in known if one[_PARENT] == self._server]
        ticks = sum(mine) + sum(_stat(self._server)[_USER:_OF_ENDED])
        return sum(os.times()[:4]) + ticks / _TICKS


def _stat(pid: int) -> list[int]:
    """Read a process's numbers as Linux tells them; zeros once it is gone."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return [0] * 20
    return [0, *map(int, told.rpartition(")")[2].split()[1:20])]
