"""Keeps what was recorded and seen in a folder, so that the next hunt begins where one ended.

Each sitting is a copy of the project in which tests were run, and what they wrote down. The next
hunt records only the files of tests that changed since then, or are new. What is known of a line
of code stays good while the line says the same, wherever it has moved to; a new line is asked of
the tests that ran the lines beside it. A bug that was caught stays caught while its place, and the
file of the test that caught it, say the same. None of it holds if other code changed so much that
a test takes another way: a figure to show others is taken in a fresh folder, or in none.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from hashlib import sha256
from pathlib import Path

from tests.mutants.bug import Bug
from tests.mutants.hunt import ROOT, Verdict, copied
from tests.mutants.records.record import ROOMS, Record, Running, files_of_tests, read, take

RAN = "ran.json"
CAUGHT = "caught.json"


@dataclass(frozen=True)
class Keep:
    """A folder that outlives a hunt.

    Attributes:
        source: the project whose tests and code are asked, as they are now.
    """

    folder: Path
    source: Path = ROOT

    def of(self, source: Path) -> "Keep":
        """The same folder, asked about another copy of the project."""
        return replace(self, source=source)

    def record(self, rooms: Sequence[Sequence[str]] = ROOMS) -> Record:
        """What is known of the code as it is now; what is not known yet is run and recorded."""
        wanted = files_of_tests(self.source, rooms)
        known = {file for sitting in self._sittings() for file in self._good(sitting)}
        if missing := [file for file in wanted if file not in known]:
            self._sit([[file for file in missing if _is_in(file, room)] for room in rooms])
        return self._put_together(wanted)

    def caught(self, bug: Bug) -> str:
        """The test that saw a bug in an earlier hunt and still says the same, if there is one."""
        test, text = self._caught().get(_named(bug), ("", ""))
        return test if test and self._text(test) == text else ""

    def note(self, bug: Bug, verdict: Verdict) -> None:
        """Keep which test saw a bug; what took for ever was seen by none."""
        known = {name: seen for name, seen in self._caught().items() if name != _named(bug)}
        if verdict.caught and verdict.seen.startswith("tests/"):
            known[_named(bug)] = verdict.seen, self._text(verdict.seen)
        (self.folder / CAUGHT).write_text(json.dumps(known))

    def _caught(self) -> dict[str, tuple[str, str]]:
        kept = self.folder / CAUGHT
        return json.loads(kept.read_text()) if kept.exists() else {}

    def _text(self, test: str) -> str:
        file = self.source / test.partition("::")[0]
        return sha256(file.read_bytes()).hexdigest() if file.exists() else "gone"

    def _sittings(self) -> list[Path]:
        """The sittings that came to their end, the latest first."""
        found = (ran.parent for ran in self.folder.glob(f"*/{RAN}"))
        return sorted(found, key=lambda sitting: int(sitting.name), reverse=True)

    def _good(self, sitting: Path) -> Iterator[str]:
        """The files of tests that a sitting ran and that still say the same."""
        for file in json.loads((sitting / RAN).read_text()):
            now = self.source / file
            if now.exists() and now.read_text() == (sitting / file).read_text():
                yield file

    def _sit(self, rooms: Sequence[Sequence[str]]) -> None:
        """Run tests in a new copy; it counts once they have come to their end."""
        last = max((int(old.name) for old in self.folder.glob("[0-9]*")), default=0)
        sitting = copied(self.source, self.folder / str(last + 1))
        take(sitting, rooms)
        (sitting / RAN).write_text(json.dumps(files_of_tests(sitting, rooms)))

    def _put_together(self, wanted: Iterable[str]) -> Record:
        """Each file of tests as its latest good sitting knows it, in the lines of today's code."""
        left, parts = set(wanted), []
        for sitting in self._sittings():
            files = left & set(self._good(sitting))
            if files:
                parts.append(self._of_today(sitting, read(sitting).only(files)))
            left -= files
        return Record.of(parts)

    def _of_today(self, sitting: Path, record: Record) -> Record:
        running = {
            file: moved(lines, (sitting / file).read_text(), (self.source / file).read_text())
            for file, lines in record.running.items()
            if (self.source / file).exists()
        }
        return Record(record.seconds, running)


def moved(running: Running, before: str, now: str) -> Running:
    """Which tests run each line of a file as it is now, told by the lines of what it was."""
    if before == now:
        return running
    old, new = before.splitlines(), now.splitlines()
    found: dict[int, frozenset[str]] = {}
    for _, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if old[a:b] == new[c:d]:
            found |= {c + n + 1: running[a + n + 1] for n in range(b - a) if a + n + 1 in running}
            continue
        around = _all_of(running, range(max(a, 1), b + 2))
        found |= dict.fromkeys(range(c + 1, d + 1), around)
    return {line: tests for line, tests in found.items() if tests}


def _all_of(running: Mapping[int, frozenset[str]], lines: Iterable[int]) -> frozenset[str]:
    return frozenset[str]().union(*(running.get(line, ()) for line in lines))


def _is_in(file: str, room: Sequence[str]) -> bool:
    return any(file == place or file.startswith(f"{place}/") for place in room)


def _named(bug: Bug) -> str:
    return f"{bug.file}\n{bug.old}\n{bug.new}"
