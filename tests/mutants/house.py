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
from tests.mutants.hunt import FAILED, copy_of_the_project
from tests.mutants.record import PLUGIN, environment

ALREADY_IMPORTED = ("-W", "ignore::pytest.PytestAssertRewriteWarning")

PATIENCE = 10
"""A test may take so many times as long as it did at first: the machine may be busy."""

LEAST_PATIENCE = 60.0


@dataclass(frozen=True)
class Seen:
    """Whether a bug showed itself, in which test, and how."""

    bug: bool
    in_words: str = ""
    by: str = ""


class House:
    """One copy, and a process that runs its tests."""

    def __init__(
        self, folder: Path, runner: "subprocess.Popen[str]", seconds: Mapping[str, float]
    ) -> None:
        self._folder = folder
        self._runner = runner
        self._seconds = seconds
        self._passing: set[tuple[str, ...]] = set()

    def look(self, bug: Bug, tests: Sequence[str]) -> Seen:
        """Plant a bug and run tests until one fails that passes without the bug."""
        seen = self._planted(bug, tests)
        until = tests.index(seen.by) + 1 if seen.by in tests else 1
        if not seen.by or self._passes(tuple(tests[:until])):
            return seen
        return self.look(bug, [name for name in tests if name != seen.by])

    def _planted(self, bug: Bug, tests: Sequence[str]) -> Seen:
        file = self._folder / bug.file
        healthy = file.read_text()
        file.write_text(healthy.replace(bug.old, bug.new))
        try:
            return self._run(tests)
        finally:
            file.write_text(healthy)

    def _passes(self, tests: tuple[str, ...]) -> bool:
        if tests not in self._passing and not self._run(tests).bug:
            self._passing.add(tests)
        return tests in self._passing

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
            by = failure.read_text()
            return Seen(bug=True, in_words=by.rpartition("/")[2], by=by)
        if code in (TOO_LONG, FAILED):
            return Seen(bug=True, in_words="takes for ever")
        return Seen(bug=False, in_words=f"pytest ends with {code} after {len(tests)} tests")

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
def built(seconds: Mapping[str, float]) -> Iterator[House]:
    """A house of one's own, until it is no longer needed."""
    with copy_of_the_project() as folder:
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
