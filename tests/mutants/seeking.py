"""Seeks drawn bugs, two side by side, each with the tests that run its line."""

import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from queue import SimpleQueue

from tests.mutants.bug import Bug
from tests.mutants.house import House, built
from tests.mutants.hunt import Verdict, copy_of_the_project
from tests.mutants.record import Record, take

SIDE_BY_SIDE = 2
FIRST = 40
"""So many tests are tried before the others are even imported: most bugs show themselves there."""

WORTH = 90.0
"""For one bug run tests of so many seconds, the quickest first; what nobody sees survives."""


def seek(bugs: Sequence[Bug], record: Record | None = None) -> Iterator[Verdict]:
    """Write down what each test runs, then plant the bugs and tell of each as it is done."""
    record = record or _written_down()
    with ExitStack() as street, ThreadPoolExecutor(SIDE_BY_SIDE) as builders:
        free: SimpleQueue[House] = SimpleQueue()
        for _ in range(SIDE_BY_SIDE):
            free.put(street.enter_context(built(record.seconds)))
        going = [builders.submit(_sought, free, record, bug) for bug in bugs]
        for one in as_completed(going):
            yield one.result()


def _written_down() -> Record:
    with copy_of_the_project() as application:
        return take(application)


def _sought(free: "SimpleQueue[House]", record: Record, bug: Bug) -> Verdict:
    began = time.monotonic()
    tests = worthwhile(record, bug)
    if not tests:
        return Verdict(bug.name, caught=False, seconds=0, seen="no test runs this line")
    house = free.get()
    try:
        seen = house.look(bug, tests[:FIRST])
        if not seen.bug and tests[FIRST:]:
            seen = house.look(bug, tests[FIRST:])
    finally:
        free.put(house)
    return Verdict(bug.name, seen.bug, time.monotonic() - began, seen.in_words)


def worthwhile(record: Record, bug: Bug) -> list[str]:
    """The tests that run a bug's line, or at least its statement, as many as it is worth."""
    found = (record.tests_at(bug.file, lines) for lines in bug.lines)
    tests: list[str] = next((names for names in found if names), [])
    return list(_until(tests, record, WORTH))


def _until(tests: Iterable[str], record: Record, left: float) -> Iterator[str]:
    for number, name in enumerate(tests):
        left -= record.seconds[name]
        if left < 0 and number:
            return
        yield name
