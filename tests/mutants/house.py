"""A copy of the project in which one bug after another is planted and sought."""

import compileall
import json
import py_compile
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.mutants.bug import Bug
from tests.mutants.forking import TOO_LONG
from tests.mutants.hunt import FAILED, ROOT, copy_of_the_project
from tests.mutants.records.record import PLUGIN, environment

ALREADY_IMPORTED = ("-W", "ignore::pytest.PytestAssertRewriteWarning")

PATIENCE = 10
"""A test may take so many times as long as it did at first: the machine may be busy."""

LEAST_PATIENCE = 60.0


@dataclass(frozen=True)
class Seen:
    """Whether a bug showed itself, and in which test or how."""

    bug: bool
    by: str


class House:
    """One copy, and a process that runs its tests."""

    def __init__(
        self, folder: Path, runner: "subprocess.Popen[str]", seconds: Mapping[str, float]
    ) -> None:
        self._folder = folder
        self._runner = runner
        self._seconds = seconds

    def look(self, bug: Bug, tests: Sequence[str]) -> Seen:
        """Plant a bug and run tests until one fails."""
        file = self._folder / bug.file
        healthy = file.read_text()
        file.write_text(healthy.replace(bug.old, bug.new))
        try:
            return self._run(tests)
        finally:
            file.write_text(healthy)

    def failing(self, tests: Sequence[str]) -> set[str]:
        """Which of these tests fail without any bug: what they saw proves nothing."""
        faulty: set[str] = set()
        while left := [name for name in tests if name not in faulty]:
            if not (seen := self._run(left)).bug:
                break
            faulty.add(seen.by)
        return faulty

    def _run(self, tests: Sequence[str]) -> Seen:
        limits = {t: max(LEAST_PATIENCE, PATIENCE * self._seconds[t]) for t in tests}
        order, failure = self._folder / "order.json", self._folder / "first-failure"
        order.write_text(json.dumps(limits))
        failure.unlink(missing_ok=True)
        files = dict.fromkeys(name.partition("::")[0] for name in tests)
        arguments = [
            "-x",
            "-q",
            *ALREADY_IMPORTED,
            *PLUGIN,
            "--order",
            str(order),
            "--first-failure",
            str(failure),
        ]
        worth = 2 * LEAST_PATIENCE + PATIENCE * sum(self._seconds[t] for t in tests)
        code = self._ended([*arguments, *files], worth)
        if failure.exists():
            return Seen(bug=True, by=failure.read_text())
        if code in (TOO_LONG, FAILED):
            return Seen(bug=True, by="takes for ever")
        return Seen(bug=False, by=f"pytest ends with {code} after {len(tests)} tests")

    def _ended(self, arguments: Sequence[str], seconds: float) -> int:
        order = {
            "arguments": list(arguments),
            "seconds": seconds,
            "log": str(self._folder / "log.txt"),
        }
        assert self._runner.stdin is not None
        assert self._runner.stdout is not None
        self._runner.stdin.write(json.dumps(order) + "\n")
        self._runner.stdin.flush()
        return int(self._runner.stdout.readline())


@contextmanager
def built(seconds: Mapping[str, float], source: Path = ROOT) -> Iterator[House]:
    """A house of one's own, until it is no longer needed."""
    with copy_of_the_project(source) as folder:
        # Code is known by what it says, never by its time: a bug may go within a second.
        by_hash = py_compile.PycInvalidationMode.CHECKED_HASH
        compileall.compile_dir(folder, quiet=2, invalidation_mode=by_hash)
        command = [sys.executable, "-m", "tests.mutants.forking"]
        with subprocess.Popen(
            command,
            cwd=folder,
            env=environment(folder),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as runner:
            yield House(folder, runner, seconds)
            runner.terminate()
