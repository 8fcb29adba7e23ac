"""The page about interest: its examples are run, its tables are those of the shipped rates."""

import doctest

import pytest

from domain.interest.grounds import plain_number
from domain.interest.rate_tables import JURISDICTIONS, RateTable, Scheme, rate_table
from domain.money import Money
from tests.docs.pages import ROOT

PAGE = ROOT / "docs/interest.md"


def test_every_worked_example_of_the_page_is_right() -> None:
    tests = doctest.DocTestParser().get_doctest(PAGE.read_text(), {}, "interest", str(PAGE), 0)
    report: list[str] = []
    result = doctest.DocTestRunner(verbose=False).run(tests, out=report.append)

    assert result.attempted > 10
    assert not result.failed, "".join(report)


def _owes(scheme: Scheme, table: RateTable) -> str:
    if scheme.none:
        return f"nothing: {scheme.none}"
    if scheme.flat is not None:
        return f"{plain_number(scheme.flat)} % ({scheme.law})"
    rounded = f", rounded up to {scheme.round_up_to}" if scheme.round_up_to else ""
    return f"{table.reference} + {plain_number(scheme.margin)}{rounded} ({scheme.law})"


def _compensation(table: RateTable) -> str:
    rules = table.compensation
    if rules is None:
        return "none"
    sums = [
        f"{Money(sum_, rules.currency)}"
        + (f" to {Money(edge, rules.currency).plain}" if edge else "")
        for edge, sum_ in rules.bands
    ]
    return f"{', '.join(sums)} ({rules.law})"


def row_of(table: RateTable) -> str:
    """A jurisdiction as the page tells it."""
    known = [rate for rate in table.rates if rate.confirmed]
    last = known[-1] if known else None
    cells = [
        f"`{table.code}` {table.name}",
        _owes(table.business, table),
        _owes(table.consumer, table),
        {"half-year": "each half-year", "start": "fixed by the day interest starts"}[
            table.rate_changes
        ],
        {"365": "365", "actual": "365 or 366"}[table.day_count],
        _compensation(table),
        f"{last.half_year}: {plain_number(table.business.percent(last.percent))} % ({last.source})"
        if last
        else "needs none",
        table.note,
    ]
    return f"| {' | '.join(cells)} |".replace("|  |", "| |")


@pytest.mark.parametrize("code", JURISDICTIONS)
def test_the_page_tells_each_jurisdiction_as_it_is_shipped(code: str) -> None:
    row = row_of(rate_table(code))
    assert row in PAGE.read_text().splitlines(), f"write this row:\n{row}"


def test_the_page_tells_no_jurisdiction_that_is_not_shipped() -> None:
    rows = [line for line in PAGE.read_text().splitlines() if line.startswith("| `")]
    assert len(rows) == len(JURISDICTIONS)
