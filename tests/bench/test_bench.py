"""The benchmarks can be run, and what they print can be read; how fast we are is no test."""

import importlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.decision.rules import next_action
from domain.policy.policy_file import standard_policy
from tests.bench import deciding
from tests.bench.setup import report, synthetic
from tests.bench.setup.figures import Figure, Target, plain, table

FAST = Figure("starts / bare starts", "90 against 100 a second", 0.9, Target(0.8, at_least=True))
SLOW = Figure("seconds", "one run", 31.5, Target(30))
TOLD = Figure("deeds", "for what it is worth", 12_345.6)


def _modules() -> Iterator[str]:
    here = Path(__file__).parent
    for path in here.rglob("[a-z]*.py"):
        yield ".".join(path.relative_to(here).with_suffix("").parts)


@pytest.mark.parametrize("module", sorted(_modules()))
def test_every_module_can_be_imported(module: str) -> None:
    importlib.import_module(f"tests.bench.{module}")


def test_the_table_tells_figure_target_and_whether_it_was_met() -> None:
    assert table([FAST, SLOW, TOLD]).splitlines() == [
        "| measure              | measured                | figure | target | result      |",
        "|----------------------|-------------------------|--------|--------|-------------|",
        "| starts / bare starts | 90 against 100 a second | 0.9    | ≥ 0.8  | pass        |",
        "| seconds              | one run                 | 31.5   | ≤ 30   | miss        |",
        "| deeds                | for what it is worth    | 12,346 | –      | information |",  # noqa: RUF001
    ]


@pytest.mark.parametrize(("value", "target", "met"), [(0.8, 0.8, True), (0.79, 0.8, False)])
def test_a_target_is_met_at_its_limit(value: float, target: float, met: bool) -> None:
    assert Target(target, at_least=True).met_by(value) is met
    assert Target(target).met_by(target)


@pytest.mark.parametrize(("value", "text"), [(0.756, "0.76"), (11, "11"), (72_700.4, "72,700")])
def test_a_figure_has_no_false_precision(value: float, text: str) -> None:
    assert plain(value) == text


def test_the_page_names_the_machine_the_versions_the_day_and_the_load() -> None:
    page = report.page([FAST], datetime(2026, 11, 22, 14, 30, tzinfo=UTC), (0.4, 1.6))
    assert "2026-11-22 14:30 UTC" in page
    assert "load average 0.4 before and" in page
    assert "temporalio " in page
    assert table([FAST]) in page
    assert "busy with other work" not in page


def test_a_page_of_a_busy_machine_says_so() -> None:
    page = report.page([FAST], datetime(2026, 11, 22, 14, 30, tzinfo=UTC), (0.4, 99.0))
    assert "busy with other work" in page


def test_the_questions_are_many_and_different() -> None:
    """One case asked again and again would only measure a cache."""
    policy = standard_policy()
    looks = [look for part in synthetic.script(40, policy) for look in deciding.life(part, policy)]
    answers = {next_action(look.facts, policy, look.now).do for look in looks}
    assert len(looks) > 300
    assert len({look.facts.case for look in looks}) == len(looks)
    assert all(look.file.facts == look.facts for look in looks)
    assert len(answers) > 6
