"""Dutch statutory interest: a year's interest bears interest from its end on (6:119a lid 3 BW)."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from domain.interest.model import Interest, InterestTerms, interest
from domain.money import round_minor

NL = InterestTerms(jurisdiction="NL")
DUE = date(2024, 12, 31)
H1, H2, NEXT = Fraction("11.15"), Fraction("10.15"), Fraction("10.15")
"""Percent a year in 2025H1, 2025H2 and 2026H1."""


def _owed(until: date, *steps: tuple[date, int], terms: InterestTerms = NL) -> Interest:
    return interest(((date(2024, 12, 1), 1_000_000), *steps), "EUR", DUE, until, terms)


def _part(minor: Fraction | int, percent: Fraction, days: int) -> Fraction:
    return minor * percent * days / 36_500


A_YEAR = _part(1_000_000, H1, 181) + _part(1_000_000, H2, 184)
"""10,000.00 from 1 January to 31 December 2025."""


@pytest.mark.parametrize(
    ("until", "exact"),
    [
        (date(2024, 12, 31), Fraction(0)),
        (date(2025, 1, 1), _part(1_000_000, H1, 1)),
        (date(2025, 6, 30), _part(1_000_000, H1, 181)),
        (date(2025, 12, 31), A_YEAR),
        (date(2026, 1, 1), A_YEAR + _part(1_000_000 + A_YEAR, NEXT, 1)),
        (date(2026, 3, 31), A_YEAR + _part(1_000_000 + A_YEAR, NEXT, 90)),
    ],
)
def test_the_years_interest_becomes_capital_on_the_first_day_of_the_next(
    until: date, exact: Fraction
) -> None:
    assert _owed(until).amount == round_minor(exact, "EUR")


def test_the_sums_that_a_person_computes() -> None:
    """552.92 + 511.67 for 2025; then 3.08 a day, no longer 2.78."""
    assert _owed(date(2025, 6, 30)).amount.plain == "552.92"
    assert _owed(date(2025, 12, 31)).amount.plain == "1064.59"
    assert _owed(date(2026, 1, 1)).amount.plain == "1067.67"
    assert "compounded yearly" in _owed(date(2025, 12, 31)).ground
    assert "article 6:119a of the Dutch Civil Code" in _owed(date(2025, 12, 31)).ground


def test_a_year_counts_from_the_day_on_which_interest_starts_and_not_from_new_year() -> None:
    steps = ((date(2024, 12, 1), 1_000_000),)
    due = date(2025, 3, 31)
    first = _part(1_000_000, H1, 91) + _part(1_000_000, H2, 184) + _part(1_000_000, NEXT, 90)
    day_before, day = (
        interest(steps, "EUR", due, until, NL) for until in (date(2026, 3, 31), date(2026, 4, 1))
    )
    assert day_before.amount == round_minor(first, "EUR")
    assert day.amount == round_minor(first + _part(1_000_000 + first, NEXT, 1), "EUR")


def test_what_was_paid_bears_no_more_but_the_years_interest_does() -> None:
    """All of the principal but 1,000.00 comes on 1 July 2025."""
    paid = (date(2025, 7, 1), 100_000)
    year = _part(1_000_000, H1, 181) + _part(100_000, H2, 184)
    found = _owed(date(2026, 1, 1), paid)
    assert found.amount == round_minor(year + _part(100_000 + year, NEXT, 1), "EUR")


def test_a_contracts_own_rate_is_simple_in_the_netherlands_too_unless_it_says_otherwise() -> None:
    simple = InterestTerms(jurisdiction="NL", contract_percent=Decimal(12))
    yearly = InterestTerms(jurisdiction="NL", contract_percent=Decimal(12), compounding="yearly")
    assert (simple.compounds, yearly.compounds, NL.compounds) == ("", "yearly", "yearly")
    assert _owed(date(2026, 12, 31), terms=simple).amount.plain == "2400.00"
    assert _owed(date(2026, 12, 31), terms=yearly).amount.plain == "2544.00"


def test_no_other_law_compounds() -> None:
    assert InterestTerms(jurisdiction="DE").compounds == ""
    assert InterestTerms().compounds == ""
