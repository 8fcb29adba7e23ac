"""Seeks drawn bugs, two side by side, each with the tests that run its line."""

import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack, contextmanager
from pathlib import Path
from queue import SimpleQueue

from tests.mutants.bug import Bug
from tests.mutants.house import House, Seen, built
from tests.mutants.hunt import Verdict, copy_of_the_project
from tests.mutants.records.keeping import Keep
from tests.mutants.records.record import Record, take

SIDE_BY_SIDE = 2
FIRST = 40
"""So many tests are tried before the others are even imported: most bugs show themselves there."""

WORTH = 90.0
"""For one bug run tests of so many seconds, the quickest first; what nobody sees survives."""


def seek(bugs: Sequence[Bug], keep: Keep | None = None) -> Iterator[Verdict]:
    """Tell of each bug as it is sought; once more, if the test that saw it fails without it.

    With a place to keep it in, what is known of earlier hunts is used, and what is seen is added.
    """
    with copy_of_the_project() as application:  # as it is now, to the end
        if keep is None:
            yield from _seek(bugs, take(application), application)
            return
        kept = keep.of(application)
        known = {bug: test for bug in bugs if (test := kept.caught(bug))}
        yield from (Verdict(b.name, caught=True, seconds=0, seen=t) for b, t in known.items())
        left = {bug.name: bug for bug in bugs if bug not in known}
        for verdict in _seek(list(left.values()), kept.record(), application):
            kept.note(left[verdict.name], verdict)
            yield verdict


def _seek(bugs: Sequence[Bug], record: Record, application: Path) -> Iterator[Verdict]:
    with ExitStack() as street, ThreadPoolExecutor(SIDE_BY_SIDE) as builders:
        free: SimpleQueue[House] = SimpleQueue()
        for _ in range(SIDE_BY_SIDE):
            free.put(street.enter_context(built(record.seconds, application)))
        left, faulty = list(bugs), set[str]()
        while left:
            going = {
                builders.submit(_sought, free, worthwhile(record, bug, faulty), bug): bug
                for bug in left
            }
            seen_by: dict[str, list[Bug]] = {}
            for one in as_completed(going):
                verdict = one.result()
                seen_by.setdefault(verdict.seen, []).append(going[one])
                yield verdict
            with _one_of(free) as house:
                found = house.failing(sorted(seen_by.keys() & record.seconds.keys()))
            faulty |= found
            left = [bug for name in sorted(found) for bug in seen_by[name]]


def _sought(free: "SimpleQueue[House]", tests: Sequence[str], bug: Bug) -> Verdict:
    began = time.monotonic()
    rounds = [some for some in (tests[:FIRST], tests[FIRST:]) if some]
    seen = Seen(bug=False, by="no test runs this line")
    for some in rounds:
        with _one_of(free) as house:
            seen = house.look(bug, some)
        if seen.bug:
            break
    return Verdict(bug.name, seen.bug, time.monotonic() - began, seen.by)


@contextmanager
def _one_of(free: "SimpleQueue[House]") -> Iterator[House]:
    house = free.get()
    try:
        yield house
    finally:
        free.put(house)


def worthwhile(record: Record, bug: Bug, without: Collection[str] = ()) -> list[str]:
    """The tests that run a bug's line, or at least its statement, as many as it is worth."""
    found = (record.tests_at(bug.file, lines) for lines in bug.lines)
    tests: list[str] = next((names for names in found if names), [])
    return list(_until((name for name in tests if name not in without), record, WORTH))


def _until(tests: Iterable[str], record: Record, left: float) -> Iterator[str]:
    for number, name in enumerate(tests):
        left -= record.seconds[name]
        if left < 0 and number:
            return
        yield name
