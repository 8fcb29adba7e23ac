"""Amounts, dates and instants: exactly what was written, or refused in words."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import Calendar
from domain.errors import DomainError
from domain.money import Money
from starter.importing.files.cells import amount, date_reader, read_instant

BERLIN = Calendar("Europe/Berlin", "DE")


@pytest.mark.parametrize(
    ("text", "minor"), [("1.234,56", 123456), ("1234,5", 123450), ("12", 1200), ("1.234", 123400)]
)
def test_a_decimal_comma_is_read_where_it_was_announced(text: str, minor: int) -> None:
    assert amount(text, "EUR", decimal_comma=True) == Money(minor, "EUR")


@pytest.mark.parametrize("text", ["1,234.56", "1234.56", "1.23,45", "12.34"])
def test_a_decimal_point_is_refused_where_a_comma_was_announced(text: str) -> None:
    with pytest.raises(DomainError, match="write it like"):
        amount(text, "EUR", decimal_comma=True)


@pytest.mark.parametrize(
    ("date_format", "text"),
    [
        ("", "2013-03-04"),
        ("M/D/YYYY", "3/4/2013"),
        ("MM/DD/YYYY", "03/04/2013"),
        ("DD/MM/YYYY", "04/03/2013"),
        ("DD.MM.YY", "04.03.13"),
        ("%d %b %Y", "04 Mar 2013"),
    ],
)
def test_a_date_means_what_its_format_says(date_format: str, text: str) -> None:
    assert date_reader(date_format)(text) == date(2013, 3, 4)


@pytest.mark.parametrize("date_format", ["MM/YYYY", "US", "%H"])
def test_a_date_format_without_day_month_or_year_is_refused(date_format: str) -> None:
    with pytest.raises(DomainError, match="write it like DD/MM/YYYY"):
        date_reader(date_format)


@given(st.integers(1, 10**14), st.sampled_from(["EUR", "JPY", "KWD"]))
def test_every_amount_is_read_back_as_it_was_written(minor: int, currency: str) -> None:
    money = Money(minor, currency)
    assert amount(money.plain, currency) == money
    comma = money.plain.replace(".", ",")
    assert amount(comma, currency, decimal_comma=True) == money


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-03-31", datetime(2026, 3, 30, 22, tzinfo=UTC)),
        ("2026-01-31", datetime(2026, 1, 30, 23, tzinfo=UTC)),
        ("2026-03-31T14:30:00Z", datetime(2026, 3, 31, 14, 30, tzinfo=UTC)),
        ("2026-03-31t14:30:00z", datetime(2026, 3, 31, 14, 30, tzinfo=UTC)),
        ("2026-03-31 14:30:00.5+02:00", datetime(2026, 3, 31, 12, 30, 0, 500_000, tzinfo=UTC)),
    ],
)
def test_a_bare_date_is_midnight_for_the_debtor_and_an_instant_is_what_it_says(
    text: str, utc: datetime
) -> None:
    assert read_instant(text, BERLIN) == utc


@pytest.mark.parametrize(
    "text",
    ["", "2026-03-31T14:30:00", "2026-02-30", "20260331", "2026-03-31T25:00:00Z", "31.03.2026"],
)
def test_a_time_without_its_offset_or_an_impossible_one_is_refused(text: str) -> None:
    with pytest.raises(DomainError, match="write 2026-03-31, or an instant with its offset"):
        read_instant(text, BERLIN)
