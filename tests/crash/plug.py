"""Kills or freezes a worker at a named point of the send protocol, as a plan says."""

import json
import os
import random
import signal
import threading
import time
from pathlib import Path

import structlog

from adapters.runtime.files import safe_file_name

POINTS = ("before_T1", "after_T1", "before_POST", "after_POST", "before_commit", "looked_up")
"""Passed by a message: the last one by whoever finds out what became of another's call."""

AGENCY_POINTS = ("agency_marked", "agency_told")
Deaths = dict[str, list[str]]
"""For each case the points at which its workers die, one after the other; or are frozen there."""

FROZEN = "frozen at "
"""Before a point's name: the worker is stopped there (SIGSTOP), and goes on when somebody says so.
"""

UNDER_THE_LOCK = frozenset({"before_POST", "after_POST", "agency_told"})
"""After these T2 is open for certain: another point or its commit comes first."""


class Plug:
    """Writes down every point that is passed, and kills its own process where the plan wants it.

    The plan says for each case at which points its workers die, one after the other, and how long
    to stay at each point, so that the others' plugs are pulled there, too.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._plan: Deaths
        self._linger: float
        self.slots: int
        self._plan, self._linger, self.slots = json.loads((folder / "plan.json").read_text())
        self._passes = os.open(folder / "passes.log", os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def __call__(self, name: str) -> None:
        """Pass a point."""
        case = str(structlog.contextvars.get_contextvars().get("case", ""))
        line = f"{time.time()} {os.getpid()} {threading.get_ident()} {name} {case}\n"
        os.write(self._passes, line.encode())
        if self._wants(case, name):
            os.kill(os.getpid(), signal.SIGKILL)
        if self._wants(case, FROZEN + name):
            # To this very thread: sent to the process, it stops once the point is long passed.
            signal.pthread_kill(threading.get_ident(), signal.SIGSTOP)
        if self._linger:
            time.sleep(random.uniform(0, self._linger))  # noqa: S311 - jitter, not a secret

    def _wants(self, case: str, name: str) -> bool:
        """Whether the case's next death is due here; claimed on disk, as it ends this process."""
        deaths = self._plan.get(case, [])
        claims = [
            self._folder / "deaths" / f"{safe_file_name(case)}.{n}" for n in range(len(deaths))
        ]
        left = [(claim, at) for claim, at in zip(claims, deaths, strict=True) if not claim.exists()]
        if not left or left[0][1] != name:
            return False
        try:
            with left[0][0].open("x") as claim:
                claim.write(f"{os.getpid()}\n")
        except FileExistsError:
            return False
        return True


def plan(folder: Path, deaths: Deaths, linger: float, slots: int) -> None:
    """Say where the next workers die, how long (seconds) they stay, how much they do at once."""
    (folder / "deaths").mkdir(parents=True, exist_ok=True)
    (folder / "plan.json").write_text(json.dumps([deaths, linger, slots]))


def died(folder: Path) -> int:
    """How many planned deaths there were."""
    return sum(1 for _ in (folder / "deaths").glob("*"))


def ended(folder: Path, case: str, turn: int) -> int | None:
    """The process that came to the case's planned end of that turn (from 0); None if not yet."""
    claim = folder / "deaths" / f"{safe_file_name(case)}.{turn}"
    text = claim.read_text() if claim.exists() else ""
    return int(text) if text.endswith("\n") else None


def died_inside_t2(folder: Path, kills: list[tuple[float, int]], within: float) -> int:
    """How many kills (instant, process; 0 for everybody's database) hit an open T2.

    A thread whose newest point lies under the lock, passed at most ``within`` seconds before, was
    inside: it had another point to pass before it could commit.
    """
    passes = [line.split() for line in (folder / "passes.log").read_text().splitlines()]
    inside = 0
    for at, pid in kills:
        last: dict[tuple[str, str], tuple[float, str]] = {}
        for when, who, thread, name, *_ in passes:
            if float(when) <= at and pid in (0, int(who)):
                last[who, thread] = (float(when), name)
        inside += any(at - when < within and n in UNDER_THE_LOCK for when, n in last.values())
    return inside
