"""A few seeded bugs, caught at every run; `make mutants` plants all of them."""

from tests.mutants.bugs import ALL, PURE
from tests.mutants.hunt import ROOT, copy_of_the_project, hunt


def test_bugs_in_money_time_and_gaps_are_caught() -> None:
    with copy_of_the_project() as application:
        assert [verdict for verdict in hunt(application, PURE) if not verdict.caught] == []


def test_every_bug_still_fits_the_code_it_is_planted_in() -> None:
    misfits = [b.name for b in ALL if (ROOT / b.file).read_text().count(b.old) != 1]
    assert misfits == []


def test_every_bug_names_tests_that_exist() -> None:
    assert [t for b in ALL for t in b.caught_by if not (ROOT / t).exists()] == []
