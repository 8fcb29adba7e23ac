"""Rates that people add: read, checked, confirmed by another person, and counted from then on."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from domain.errors import DomainError
from domain.interest.added_rates import (
    AddedRate,
    checked,
    confirmed,
    known_before,
    read_half_year,
    read_percent,
    table_with,
)
from domain.interest.model import InterestTerms
from domain.interest.rate_file import RatesError
from domain.interest.rate_parsing import parse_rate_rows
from tests.domain.charges.owing import owed

ADDED = datetime(2026, 8, 3, 9, tzinfo=UTC)
CONFIRMED = datetime(2026, 8, 10, 9, tzinfo=UTC)
RATE = AddedRate(
    jurisdiction="DE",
    start=date(2026, 7, 1),
    percent=Decimal("1.52"),
    source="Bundesbank, 2026-07-01",
    added_by="anna",
    added_at=ADDED,
)
KNOWN = confirmed(RATE, "ben", CONFIRMED)


def test_a_rate_counts_once_another_person_has_confirmed_it() -> None:
    assert known_before([RATE], "DE", CONFIRMED + timedelta(days=99)) == ()
    assert known_before([KNOWN], "DE", CONFIRMED) == ()
    assert known_before([KNOWN], "DE", CONFIRMED + timedelta(seconds=1)) == (KNOWN,)
    assert known_before([KNOWN], "FR", CONFIRMED + timedelta(days=1)) == ()


@pytest.mark.parametrize(("rate", "day"), [(RATE, ADDED), (KNOWN, CONFIRMED)])
def test_an_added_rate_bears_the_day_on_which_it_was_confirmed_or_else_added(
    rate: AddedRate, day: datetime
) -> None:
    found = table_with("DE", (rate,)).rate_on(RATE.start)

    assert found
    assert (found.percent, found.recorded) == (RATE.percent, day.date())
    assert found.confirmed is (rate is KNOWN)


def test_of_two_for_one_half_year_the_last_confirmed_one_counts_from_its_instant_on() -> None:
    corrected = confirmed(
        replace(RATE, percent=Decimal("1.27")), "ben", CONFIRMED + timedelta(days=5)
    )
    both = [corrected, KNOWN]

    assert known_before(both, "DE", CONFIRMED + timedelta(days=5)) == (KNOWN,)
    assert known_before(both, "DE", CONFIRMED + timedelta(days=6)) == (corrected,)


@pytest.mark.parametrize("by", ["anna", " Anna ", "ANNA", "", "  "])
def test_who_added_a_rate_cannot_confirm_it(by: str) -> None:
    with pytest.raises(DomainError) as refused:
        confirmed(RATE, by, CONFIRMED)
    assert refused.value.field == "by"


def test_an_added_rate_is_computed_with_and_leaves_the_others_alone() -> None:
    """1000 x (1.27 + 9) x 20 / 365, and 1000 x (1.52 + 9) x 10 / 365: by hand 5.6274 + 2.8822."""
    terms = InterestTerms(jurisdiction="DE", added=(KNOWN,))
    found = owed("1000.00 EUR", "2026-06-10", "2026-07-10", terms)

    assert [(str(span.percent), span.days) for span in found.spans] == [
        ("10.27", 20),
        ("10.52", 10),
    ]
    assert (str(found.amount), found.left_out) == ("8.51 EUR", ())


def test_a_shipped_row_that_nobody_had_confirmed_is_overridden() -> None:
    british = replace(KNOWN, jurisdiction="UK", percent=Decimal("3.50"))
    terms = InterestTerms(jurisdiction="UK", added=(british,))
    (span,) = owed("1000.00 GBP", "2026-06-30", "2026-07-10", terms).spans

    assert str(span.percent) == "11.50"


def test_a_rate_after_a_gap_leaves_the_gap_out() -> None:
    later = replace(KNOWN, start=date(2027, 1, 1))
    terms = InterestTerms(jurisdiction="DE", added=(later,))
    found = owed("1000.00 EUR", "2026-12-30", "2027-01-02", terms)

    assert [span.start for span in found.spans] == [date(2027, 1, 1)]
    assert [gap.half_year for gap in found.left_out] == ["2026H2"]
    assert table_with("DE", (later,)).known_until == date(2026, 6, 30)
    assert table_with("DE", (KNOWN, later)).known_until == date(2027, 6, 30)


@pytest.mark.parametrize(
    ("text", "start"),
    [("2026H2", "2026-07-01"), ("2027h1", "2027-01-01"), ("2026-H2", "2026-07-01")],
)
def test_half_years_are_read_as_people_write_them(text: str, start: str) -> None:
    assert read_half_year(text) == date.fromisoformat(start)


@pytest.mark.parametrize("text", ["", "2026", "2026H3", "26H1", "2026Q1"])
def test_what_is_no_half_year_is_refused(text: str) -> None:
    with pytest.raises(DomainError, match="such as 2026H2"):
        read_half_year(text)


@pytest.mark.parametrize("text", ["", "1,27", "1.27 %", "abc", "1e1", "1000", "1.27000"])
def test_what_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(DomainError, match=r"such as -0\.88"):
        read_percent(text)


@pytest.mark.parametrize(
    ("field", "wrong"), [("jurisdiction", "XX"), ("source", " "), ("added_by", "")]
)
def test_a_rate_without_its_law_source_or_author_is_refused(field: str, wrong: str) -> None:
    with pytest.raises(DomainError) as refused:
        checked(replace(RATE, **{field: wrong}))  # type: ignore[arg-type]
    assert refused.value.field == field


FILE = """code = "DE"
[[rate]]
from = 2026-07-01
percent = "1.52"
source = "Bundesbank"
recorded = 2026-07-02
"""


def test_a_file_of_rates_is_read() -> None:
    (rate,) = parse_rate_rows(FILE, file="de.toml")
    assert (rate.jurisdiction, rate.half_year, rate.percent) == ("DE", "2026H2", Decimal("1.52"))
    assert (rate.added_by, rate.confirmed_at) == ("de.toml", None)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"DE"', '"XX"', "de.toml:1: code: 'XX' is none of"),
        ("2026-07-01", "2026-07-02", "de.toml:3: rate.1.from: 2026-07-02 begins no half-year"),
        ('"1.52"', '"1,52"', "de.toml:4: rate.1.percent: '1,52' does not fit; write percent"),
        ('source = "Bundesbank"', "", "de.toml:2: rate.1.source: is missing; write a text"),
        ('percent = "1.52"', "percent =", "de.toml:4: this is not TOML"),
        ("[[rate]]", "margin = 9\n[[rate]]", "de.toml:2: margin: is no key of a rate file"),
    ],
)
def test_a_mistake_in_a_file_names_file_line_field_and_the_way_out(
    old: str, new: str, said: str
) -> None:
    with pytest.raises(RatesError) as refused:
        parse_rate_rows(FILE.replace(old, new), file="de.toml")
    assert said in str(refused.value)
