"""Which tests run which line and how long each takes: written down once, before bugs are sought.

Two processes run the rooms that ask `domain` and `activities` themselves. Rehearsals start servers
for a few dozen deeds that stories do as well, and tests of the console, of commands, servers and
vendors reach both through the same few calls: they take much longer, and are left out. Coverage
needs its slower core, as the other knows no contexts; a property draws few examples.
"""

import json
import os
import subprocess
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import coverage

from tests.mutants.hunt import ROOT

ROOMS = (
    ("tests/domain", "tests/stories", "tests/properties", "tests/workflows", "tests/starter/page"),
    (
        *("tests/activities", "tests/ledger", "tests/incoming", "tests/adapters/webhooks"),
        "tests/starter/api",
    ),
)
"""Where drawn bugs are sought; each row runs in a process of its own."""

LEFT_OUT = frozenset({"tests/starter/api/test_schema.py"})
"""What takes long and reaches nothing that others do not."""

WITHOUT_SERVERS = ("tests/domain/", "tests/stories/", "tests/properties/")
"""Their tests are asked first: they begin at once."""

PLUGIN = ("-p", "no:cacheprovider", "-p", "tests.mutants.directed", "-m", "not crash")
SECONDS = ".seconds.json"

Running = Mapping[int, frozenset[str]]
"""By line, the tests that ran it; the empty name stands for all of them."""


@dataclass(frozen=True)
class Record:
    """What was written down.

    Attributes:
        seconds: how long each test took, by its name.
        running: by file, the tests that ran each line.
    """

    seconds: Mapping[str, float]
    running: Mapping[str, Running]

    def tests_at(self, file: str, lines: Iterable[int]) -> list[str]:
        """The tests that run any of these lines: its own first, the quick before the slow."""
        at = self.running.get(file, {})
        found = frozenset[str]().union(*(at.get(line, ()) for line in lines))
        if "" in found:  # it ran when a module was imported: whoever imported it may see a bug
            found = frozenset(self.seconds)
        room = f"tests/{Path(file).parent}/"
        return sorted(
            found & self.seconds.keys(),
            key=lambda name: (
                not name.startswith(room),
                not name.startswith(WITHOUT_SERVERS),
                self.seconds[name],
                name,
            ),
        )

    def only(self, files: Collection[str]) -> "Record":
        """What the tests of some files took; who runs a line is asked together with this."""
        seconds = {t: s for t, s in self.seconds.items() if t.partition("::")[0] in files}
        known = frozenset(seconds) | {""}
        running = {
            file: {line: tests & known for line, tests in lines.items()}
            for file, lines in self.running.items()
        }
        return Record(seconds, running)

    @classmethod
    def of(cls, parts: Iterable["Record"]) -> "Record":
        """Put together what several processes or sittings wrote down."""
        seconds: dict[str, float] = {}
        running: dict[str, dict[int, frozenset[str]]] = {}
        for part in parts:
            seconds |= part.seconds
            for file, found in part.running.items():
                lines = running.setdefault(file, {})
                for line, tests in found.items():
                    lines[line] = lines.get(line, frozenset()) | tests
        return cls(seconds, running)


def files_of_tests(folder: Path, rooms: Sequence[Sequence[str]] = ROOMS) -> list[str]:
    """The files that hold the tests of some rooms, by room and name."""
    found = (path for room in rooms for place in room for path in _tests_in(folder / place))
    return [file for path in found if (file := str(path.relative_to(folder))) not in LEFT_OUT]


def _tests_in(place: Path) -> list[Path]:
    return [place] if place.is_file() else sorted(place.rglob("test_*.py"))


def take(folder: Path, rooms: Sequence[Sequence[str]] = ROOMS) -> Record:
    """Run all tests once, in a copy of the project, and write down what each of them runs."""
    running = [_begin(folder, number, room) for number, room in enumerate(rooms) if room]
    for process in running:
        if process.wait() not in (0, 1):  # what fails without a bug is left out
            raise SystemExit(f"the tests do not even begin: {process.args!r}")
    return read(folder)


def _begin(folder: Path, number: int, room: Sequence[str]) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "coverage", "run", f"--data-file={number}.coverage"]
    command += ["-m", "pytest", "-q", *PLUGIN, "--timeout", "900"]
    command += [f"--ignore={file}" for file in sorted(LEFT_OUT)]
    command += ["--write-down", f"{number}{SECONDS}", *room]
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


def read(folder: Path) -> Record:
    """Put together what each process wrote down in a copy of the project."""
    return Record.of(_read(took) for took in sorted(folder.glob(f"*{SECONDS}")))


def _read(took: Path) -> Record:
    data = coverage.CoverageData(str(took).removesuffix(SECONDS) + ".coverage")
    data.read()
    running = {
        file: {n: frozenset(names) for n, names in data.contexts_by_lineno(file).items()}
        for file in data.measured_files()
    }
    return Record(json.loads(took.read_text()), running)
