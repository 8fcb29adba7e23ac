"""The page about reports: its worked examples are computed, and it names what is shown."""

import doctest
from dataclasses import fields

import pytest

from activities.ports.stores.reports import PromiseRow
from adapters.ledger.reports.recovery import AFTER_AGENCY
from domain.history.reports import STANDARD_EDGES, AgeingBuckets
from tests.docs.pages import ROOT

PAGE = ROOT / "docs/reports.md"


def test_every_worked_example_gives_what_the_page_says() -> None:
    found = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert (found.failed, found.attempted > 8) == (0, True)


def test_the_buckets_of_the_page_are_those_of_the_report() -> None:
    text = PAGE.read_text()
    assert STANDARD_EDGES == (30, 60, 90)
    assert all(name in text for name in AgeingBuckets().names[:4])


@pytest.mark.parametrize("fate", [field.name for field in fields(PromiseRow)][4:-1])
def test_every_fate_of_a_promise_is_explained(fate: str) -> None:
    assert f"*{fate}*" in PAGE.read_text()


def test_the_name_of_money_after_the_agency_is_told() -> None:
    assert f"`{AFTER_AGENCY}`" in PAGE.read_text()
