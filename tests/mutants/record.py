"""Which tests run which line and how long each takes: written down once, before bugs are sought."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import coverage

from tests.mutants.hunt import ROOT

ROOMS = (
    ("tests/domain", "tests/stories", "tests/properties", "tests/rehearsal"),
    (
        *("tests/activities", "tests/ledger", "tests/incoming", "tests/adapters/webhooks"),
        *("tests/workflows", "tests/starter/api", "--ignore", "tests/starter/api/test_schema.py"),
    ),
)
"""Where drawn bugs are sought, as pytest is told; each row runs in a process of its own."""

PLUGIN = ("-p", "no:cacheprovider", "-p", "tests.mutants.directed", "-m", "not crash")


@dataclass(frozen=True)
class Record:
    """What was written down.

    Attributes:
        seconds: how long each test took, by its name.
        running: by file and line, the tests that ran it; the empty name stands for all of them.
    """

    seconds: Mapping[str, float]
    running: Mapping[str, Mapping[int, frozenset[str]]]

    def tests_at(self, file: str, lines: Iterable[int]) -> list[str]:
        """The tests that run any of these lines: the file's own first, of these the quickest."""
        at = self.running.get(file, {})
        found = frozenset[str]().union(*(at.get(line, ()) for line in lines))
        if "" in found:  # it ran when a module was imported: whoever imported it may see a bug
            found = frozenset(self.seconds)
        room = f"tests/{Path(file).parent}/"
        return sorted(
            found & self.seconds.keys(),
            key=lambda name: (not name.startswith(room), self.seconds[name], name),
        )


def take(folder: Path, rooms: Sequence[Sequence[str]] = ROOMS) -> Record:
    """Run all tests once, in a copy of the project, and write down what each of them runs."""
    running = [_begin(folder, number, room) for number, room in enumerate(rooms)]
    for process in running:
        if process.wait() not in (0, 1):  # what fails without a bug is left out
            raise SystemExit(f"the tests do not even begin: {process.args!r}")
    return read(folder, len(rooms))


def _begin(folder: Path, number: int, room: Sequence[str]) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "coverage", "run", f"--data-file={number}.coverage"]
    command += ["-m", "pytest", "-q", *PLUGIN, "--timeout", "900"]
    command += ["--write-down", f"{number}.seconds.json", *room]
    with (folder / f"{number}.log").open("wb") as log:
        return subprocess.Popen(
            command, cwd=folder, env=environment(folder), stdout=log, stderr=log
        )


def environment(folder: Path) -> dict[str, str]:
    """What tests in a copy of the project find: its own code, and the shared data."""
    env = {**os.environ, "PYTHONPATH": str(folder)}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # what is compiled once need not be again
    env.setdefault("AMICABLE_SHARED_DATA", str(ROOT.parent / "shared" / "data"))
    return env


def read(folder: Path, parts: int) -> Record:
    """Put together what each process wrote down."""
    seconds: dict[str, float] = {}
    running: dict[str, dict[int, frozenset[str]]] = {}
    for number in range(parts):
        seconds |= json.loads((folder / f"{number}.seconds.json").read_text())
        data = coverage.CoverageData(str(folder / f"{number}.coverage"))
        data.read()
        for file in data.measured_files():
            lines = running.setdefault(file, {})
            for line, names in data.contexts_by_lineno(file).items():
                lines[line] = lines.get(line, frozenset()) | frozenset(names)
    return Record(seconds, running)
