"""Drawn bugs are sought with the tests that run their line, and only a true failure counts."""

import sys
from collections.abc import Iterator

import pytest

from tests.mutants.bug import Bug
from tests.mutants.drawing import draw
from tests.mutants.house import House, built
from tests.mutants.hunt import ROOT, copy_of_the_project
from tests.mutants.records.record import Record, take
from tests.mutants.seeking import WORTH, worthwhile
from tests.mutants.survivors import EQUAL

MONEY, CARDS = "domain/money.py", "domain/card_numbers.py"
TESTS = "tests/domain/test_money.py"


def bug_at(text: str, new: str, file: str = MONEY) -> Bug:
    """A bug in the one line that has this text."""
    code = (ROOT / file).read_text()
    line = code.count("\n", 0, code.index(text)) + 1
    return Bug("drawn", file, text, new, lines=(range(line, line + 1),))


@pytest.fixture(scope="module")
def record() -> Record:
    with copy_of_the_project() as application:
        return take(application, [[TESTS]])


@pytest.fixture(scope="module")
def house(record: Record) -> Iterator[House]:
    with built(record.seconds) as one:
        yield one


def test_a_line_knows_the_tests_that_run_it(record: Record) -> None:
    refusal = bug_at("is larger than any invoice", "")

    names = worthwhile(record, refusal)

    assert names
    assert len(names) < len(record.seconds) / 4
    assert all(name.startswith(TESTS) for name in names)
    assert sum(record.seconds[name] for name in names[:-1]) <= WORTH


def test_what_no_test_runs_is_asked_of_nobody(record: Record) -> None:
    assert worthwhile(record, bug_at("return", "return not", file=CARDS)) == []


def test_a_drawn_bug_is_told_from_a_change_that_nobody_can_see(
    house: House, record: Record
) -> None:
    comparing = "self.minor < self._same(other)"
    wrong, alike = bug_at(comparing, "self.minor > 9"), bug_at(comparing, f"not not ({comparing})")

    seen = house.look(wrong, worthwhile(record, wrong))

    assert seen.bug
    assert seen.by.startswith(TESTS)
    assert not house.look(alike, worthwhile(record, alike)).bug


def test_a_module_that_no_longer_loads_is_seen(house: House, record: Record) -> None:
    bug = bug_at("MAX_MINOR = 10**15", "MAX_MINOR = 10**15 // 0")
    assert house.look(bug, list(record.seconds)[:1]).bug


def test_the_same_seed_draws_the_same_bugs_and_each_says_where_it_stands() -> None:
    bugs = draw(30, 5)

    assert bugs == draw(30, 5)
    assert all((ROOT / bug.file).read_text().count(bug.old) == 1 for bug in bugs)
    assert all(inside.start in around for bug in bugs for inside, around in [bug.lines])


def test_what_nobody_can_see_can_still_be_drawn() -> None:
    assert EQUAL.keys() <= {bug.place for bug in draw(sys.maxsize, 1)}
