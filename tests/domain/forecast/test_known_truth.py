"""Bands of weeks on made-up customers of known habits: equal, uneven and very uneven sums."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from domain.forecast.habits import SettledInvoice, learn_habits
from domain.forecast.weeks import OpenAmount, forecast

BEGIN = date(2024, 1, 1)
Dice = random.Random
Invoices = list[tuple[SettledInvoice, int]]


def equal(_: Dice) -> int:
    """All invoices of 100.00."""
    return 100_00


def uneven(dice: Dice) -> int:
    """Most are small, some are large."""
    return int(100_00 * dice.lognormvariate(0, 1)) + 1


def heavy(dice: Dice) -> int:
    """A few are larger than all others together."""
    return int(min(100_00 * dice.paretovariate(1.2), 10**9))


def made_up(customers: int, money: Callable[[Dice], int]) -> Invoices:
    """Two years: each customer with a habit and a spread of its own, and sometimes far too late."""
    dice, found = random.Random(7), Invoices()  # noqa: S311 - made-up customers
    for number in range(customers):
        habit, spread, gap = dice.gauss(8, 8), dice.choice((2, 5, 10)), dice.uniform(10, 40)
        day = dice.uniform(0, gap)
        while day < 730:
            late = int(dice.gauss(habit, spread))
            late += int(dice.expovariate(1 / 30)) if dice.random() < 0.08 else 0
            issued = BEGIN + timedelta(days=int(day))
            due = issued + timedelta(days=30)
            settled = max(issued + timedelta(days=1), due + timedelta(days=late))
            invoice = SettledInvoice(customer=str(number), issued=issued, due=due, settled=settled)
            found.append((invoice, money(dice)))
            day += gap * dice.uniform(0.5, 1.5)
    return found


@pytest.mark.parametrize("customers", [5, 40])
@pytest.mark.parametrize("money", [equal, uneven, heavy])
def test_four_weeks_of_five_lie_in_their_band(customers: int, money: Callable[[Dice], int]) -> None:
    """Told each Sunday of a year for the three weeks to come; what comes adds up as expected."""
    invoices, inside, told, expected, came = made_up(customers, money), 0, 0, 0, 0
    for number in range(52):
        today = BEGIN + timedelta(days=6 + 7 * (45 + number))
        habits = learn_habits(one for one, _ in invoices if one.settled <= today)
        still = [(one, minor) for one, minor in invoices if one.issued <= today < one.settled]
        amounts = [OpenAmount(customer=one.customer, due=one.due, minor=m) for one, m in still]
        for week in forecast(amounts, habits, today, 3).weeks:
            low, high = week.band
            real = sum(m for one, m in still if week.first <= one.settled <= week.last)
            inside, told = inside + (low <= real <= high), told + 1
            expected, came = expected + week.expected, came + real

    assert 0.72 <= inside / told <= 0.88
    assert 0.8 <= expected / came <= 1.2
