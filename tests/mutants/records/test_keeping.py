"""What a hunt recorded and saw is used by the next one, as far as it still holds."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mutants.bug import Bug
from tests.mutants.hunt import Verdict, copied, copy_of_the_project
from tests.mutants.records.keeping import RAN, Keep, moved

MONEY, TESTS = "domain/money.py", "tests/domain/test_money.py"
ROOMS = [[TESTS], ["tests/domain/test_ids.py"]]
MORE = """

def test_nothing_more() -> None:
    assert parse_money("1.00", "EUR").minor == 100
"""


@pytest.fixture
def project() -> Iterator[Path]:
    with copy_of_the_project() as application:
        yield application


def test_only_the_tests_that_changed_are_run_again(project: Path, tmp_path: Path) -> None:
    keep = Keep(tmp_path, project)
    first = keep.record(ROOMS)
    assert keep.record(ROOMS) == first
    (project / TESTS).write_text((project / TESTS).read_text() + MORE)
    (project / MONEY).write_text("# So all lines move by one.\n" + (project / MONEY).read_text())

    second = keep.record(ROOMS)

    assert json.loads((tmp_path / "2" / RAN).read_text()) == [TESTS]
    assert second.seconds.keys() - first.seconds.keys() == {f"{TESTS}::test_nothing_more"}
    line = max(first.running[MONEY])
    assert first.running[MONEY][line] <= second.running[MONEY][line + 1]
    assert not (tmp_path / "3").exists()


def test_a_sitting_that_did_not_come_to_its_end_counts_for_nothing(
    project: Path, tmp_path: Path
) -> None:
    copied(project, tmp_path / "1")

    record = Keep(tmp_path, project).record(ROOMS[:1])

    assert json.loads((tmp_path / "2" / RAN).read_text()) == [TESTS]
    assert record.seconds


BEFORE = "a\nb\nc\n"
RUNNING = {n + 1: frozenset({name}) for n, name in enumerate("abc")}


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("a\nb\nc\n", {1: "a", 2: "b", 3: "c"}),
        ("a\nnew\nb\nc\n", {1: "a", 2: "ab", 3: "b", 4: "c"}),
        ("a\nother\nc\n", {1: "a", 2: "abc", 3: "c"}),
        ("a\nc\n", {1: "a", 2: "c"}),
    ],
)
def test_a_line_keeps_its_tests_wherever_it_moves_and_a_new_one_asks_its_neighbours(
    now: str, expected: dict[int, str]
) -> None:
    assert moved(RUNNING, BEFORE, now) == {n: frozenset(t) for n, t in expected.items()}


BUG = Bug("a figure", MONEY, "1", "2")


def test_a_bug_stays_caught_until_the_file_of_its_test_changes(tmp_path: Path) -> None:
    source = tmp_path / "source"
    (source / TESTS).parent.mkdir(parents=True)
    (source / TESTS).write_text("")
    keep = Keep(tmp_path, source)
    test = f"{TESTS}::test_it"
    assert keep.caught(BUG) == ""

    keep.note(BUG, Verdict(BUG.name, caught=True, seconds=1, seen=test))

    assert keep.caught(BUG) == test
    assert keep.caught(Bug("the same in another place", MONEY, "1 ", "2 ")) == ""
    (source / TESTS).write_text("# other")
    assert keep.caught(BUG) == ""


@pytest.mark.parametrize(
    ("caught", "seen"), [(True, "takes for ever"), (False, "pytest ends with 0 after 4 tests")]
)
def test_what_no_test_saw_is_sought_again(tmp_path: Path, *, caught: bool, seen: str) -> None:
    keep = Keep(tmp_path, tmp_path)
    keep.note(BUG, Verdict(BUG.name, caught=True, seconds=1, seen="tests/test_it.py::test_it"))

    keep.note(BUG, Verdict(BUG.name, caught=caught, seconds=1, seen=seen))

    assert keep.caught(BUG) == ""
