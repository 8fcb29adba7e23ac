"""Interest added up from day to day: each day bears what is open and not contested on it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from domain.interest.accrual import A_DAY
from domain.interest.running import RunningInterest
from domain.interest.terms import InterestTerms

DUE = date(2026, 1, 31)
TERMS = InterestTerms(contract_percent=Decimal("36.5"), jurisdiction="DE")
"""A tenth of a percent a day: a euro a day on a thousand."""


def after(days: int) -> date:
    return DUE + timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "minor"),
    [(0, 0), (1, 100), (9, 900), (10, 1000), (11, 1000), (19, 1000), (20, 1000), (21, 1100)],
)
@pytest.mark.parametrize("asked_before", [(), (5,), (10, 15), (25,)])
def test_days_on_which_all_is_contested_bear_nothing(
    days: int, minor: int, asked_before: tuple[int, ...]
) -> None:
    """Contested from the 11th day up to and including the 20th; two turns a day apart."""
    turns = (after(10), after(11), after(21))

    def bearing(balance: int, day: date) -> int:
        return 0 if after(11) <= day <= after(20) else balance

    running = RunningInterest(DUE, "EUR", TERMS, bearing, turns)
    steps = [(DUE - A_DAY, 100000)]
    for earlier in asked_before:
        running.until(steps, after(earlier))

    assert running.until(steps, after(days)) == minor


@pytest.mark.parametrize(
    ("paid_on", "minor"), [(1, 500), (5, 700), (6, 750), (10, 950), (11, 1000)]
)
def test_from_the_day_of_a_payment_on_the_rest_bears_interest(paid_on: int, minor: int) -> None:
    """Half of it is paid; ten days are added up."""
    running = RunningInterest(DUE, "EUR", TERMS, lambda balance, _: balance)
    steps = [(DUE - A_DAY, 100000), (after(paid_on), 50000)]

    assert running.until(steps, after(10)) == minor
    assert running.until(steps, after(1)) == (50 if paid_on == 1 else 100)
