"""The page on capacity: its sums are sums, and its figures are those that were measured."""

from __future__ import annotations

import re
from fractions import Fraction

from tests.infra.cluster.capacity import PAGE, Need, bytes_of_a_life, inputs, outcome

PAGE_OF_FIGURES = PAGE.with_name("benchmarks.md")


def test_every_outcome_follows_from_the_inputs() -> None:
    given = inputs()
    page = PAGE.read_text()

    for line in outcome(Need(1_000_000, given), Need(10_000_000, given)):
        assert line in page, line


def test_the_bytes_of_a_case_are_the_sum_of_its_tables() -> None:
    assert inputs()["bytes of the ledger for a case"] == bytes_of_a_life()


def test_no_input_is_rosier_than_what_was_measured_twice_over() -> None:
    """Machines differ; a page that promises twice what a run has shown is wrong on any."""
    page = PAGE_OF_FIGURES.read_text()
    row = re.search(r"^\| deeds per second of one worker.*", page, re.MULTILINE)
    assert row
    measured = Fraction(row[0].split("|")[3].strip().replace(",", ""))

    assert inputs()["deeds a second of one worker"] <= 2 * measured


def test_prices_are_those_of_the_table_and_fall_with_the_number() -> None:
    few, many = Need(1_000_000, inputs()), Need(10_000_000, inputs())

    assert few.cloud_dollars < many.cloud_dollars < 10 * few.cloud_dollars
    assert few.shards == 512
    assert many.shards >= 512
