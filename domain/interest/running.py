"""Adds up the interest on a debt from day to day, each sum from where the one before ended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction

from domain.interest.accrual import A_DAY, Balance, Stretch, anniversaries
from domain.interest.half_years import next_half_year
from domain.interest.model import MONTHS, growth_of
from domain.interest.terms import InterestTerms, no_reason, rates_of
from domain.money import round_minor

Bearing = Callable[[int, date], int]
"""What of an open balance bears interest on a day, both in minor units."""


class RunningInterest:
    """The interest on one debt, asked for again and again while its balances come in.

    Each payment is shared out by the interest up to its eve: one number, without its words. The
    sum is exactly that of ``interest``, whatever was asked for before.
    """

    def __init__(
        self,
        due: date,
        currency: str,
        terms: InterestTerms,
        bearing: Bearing,
        turns: Sequence[date] = (),
    ) -> None:
        """Begin on the day after due; ``turns`` are days on which what bears interest changes."""
        self._start, self._currency, self._terms = due + A_DAY, currency, terms
        self._bearing, self._turns = bearing, turns
        self._is_none = bool(no_reason(terms))
        self._rate_on = rates_of(terms, self._start)
        self._growth = growth_of(terms, currency)
        self._begin()

    def _begin(self) -> None:
        self._next, self._steps, self._turn = self._start, 0, 0
        self._capital = self._growing = self._sum = Fraction(0)
        months = MONTHS.get(self._terms.compounds)
        self._walls = anniversaries(self._start, date.max, months) if months else iter(())
        self._wall = next(self._walls, None)
        self._is_year_over = False

    def until(self, steps: Sequence[Balance], day: date) -> int:
        """Compute the interest up to and including a day, rounded to the minor unit.

        ``steps`` are the open balances in the order of their dates: those of the call before, and
        what came after them.
        """
        if self._is_none or day < self._start:
            return 0
        if day < self._next - A_DAY or self._is_changed(steps):
            self._begin()
        while self._next <= day:
            self._go_on(steps, day)
        return round_minor(self._sum, self._currency).minor

    def _is_changed(self, steps: Sequence[Balance]) -> bool:
        """Whether a step has come for a day that was counted already."""
        return self._steps < len(steps) and steps[self._steps][0] < self._next

    def _go_on(self, steps: Sequence[Balance], day: date) -> None:
        """Count the days on which nothing changes."""
        first = self._next
        while self._steps < len(steps) and steps[self._steps][0] <= first:
            self._steps += 1
        while self._turn < len(self._turns) and self._turns[self._turn] <= first:
            self._turn += 1
        while self._wall and self._wall <= first:
            self._wall, self._is_year_over = next(self._walls, None), True
        end = min(day, *(turn - A_DAY for turn in self._next_turns(steps, first)))
        balance = self._bearing(steps[self._steps - 1][1], first) if self._steps else 0
        if balance > 0:
            self._earn(first, end, balance)
        self._next = end + A_DAY

    def _next_turns(self, steps: Sequence[Balance], first: date) -> list[date]:
        turns = [next_half_year(first)]
        if self._steps < len(steps):
            turns.append(steps[self._steps][0])
        if self._turn < len(self._turns):
            turns.append(self._turns[self._turn])
        if self._wall:
            turns.append(self._wall)
        return turns

    def _earn(self, first: date, end: date, balance: int) -> None:
        rate, year_days = self._rate_on(first)
        if rate.unknown is not None:
            return
        if self._is_year_over:  # what has grown becomes capital
            self._capital, self._growing = self._capital + self._growing, Fraction(0)
            self._is_year_over = False
        days = Stretch(start=first, end=end, balance=balance, rate=rate, year_days=year_days)
        exact = self._growth(days, balance + self._capital)
        self._growing += exact
        self._sum += exact
