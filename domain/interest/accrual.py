"""Accrues interest stretch by stretch, wherever balance, rate, year or capital may change."""

from __future__ import annotations

import calendar
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import count, pairwise, takewhile

from domain.interest.half_years import next_half_year

DAYS_A_YEAR = 365
A_DAY = timedelta(days=1)

Balance = tuple[date, int]
"""From this day on so much of the principal is open, in minor units."""


@dataclass(frozen=True, slots=True)
class UnknownRate:
    """A half-year whose rate is not known for certain, such as ``2026H2``, and why, for people."""

    half_year: str
    reason: str


@dataclass(frozen=True, slots=True)
class Applied:
    """The rate a year that applies on a day, and whether it is only assumed.

    Attributes:
        unknown: what is not known; then nothing is computed for the day.
    """

    percent: Decimal
    provisional: bool = False
    unknown: UnknownRate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Days in a row on which nothing changes; the first and the last bear interest too.

    Attributes:
        balance: the open principal in minor units, above zero.
        year_days: what a day is a fraction of: 365 or 366.
    """

    start: date
    end: date
    balance: int
    rate: Applied
    year_days: int

    @property
    def days(self) -> int:
        """How many days bear interest."""
        return (self.end - self.start).days + 1

    def goes_on_as(self, other: Stretch) -> bool:
        """Tell whether another stretch continues this one on the next day."""
        same = (self.balance, self.rate, self.year_days)
        continued = self.end + A_DAY == other.start
        return continued and same == (other.balance, other.rate, other.year_days)


def accrued(
    minor: int | Fraction, percent: Decimal, days: int, year_days: int = DAYS_A_YEAR
) -> Fraction:
    """Compute simple interest, exactly: amount x percent x days / (100 x days of the year)."""
    return minor * Fraction(percent) * days / (100 * year_days)


def stretches(
    balances: Sequence[Balance],
    days: tuple[date, date],
    walls: Sequence[date],
    applied: Callable[[date], tuple[Applied, int]],
) -> Iterator[Stretch]:
    """Cut the days at every change, and leave out those on which nothing is owed.

    ``walls`` are days on which earlier interest becomes capital; no stretch goes across one.
    ``applied`` tells a day's rate and the days of its year.
    """
    last: Stretch | None = None
    for here in _cut(balances, days, walls, applied):
        if last and here.start not in walls and last.goes_on_as(here):
            last = replace(last, end=here.end)
            continue
        if last:
            yield last
        last = here
    if last:
        yield last


def _cut(
    balances: Sequence[Balance],
    days: tuple[date, date],
    walls: Sequence[date],
    applied: Callable[[date], tuple[Applied, int]],
) -> Iterator[Stretch]:
    start, end = days
    changes = {*walls, *_half_years(start, end), *(day for day, _ in balances)}
    cuts = sorted({start, *(day for day in changes if start < day <= end)})
    for first, after in pairwise([*cuts, end + A_DAY]):
        balance = _open_on(balances, first)
        if balance > 0:
            rate, year = applied(first)
            yield Stretch(
                start=first, end=after - A_DAY, balance=balance, rate=rate, year_days=year
            )


def _open_on(balances: Sequence[Balance], day: date) -> int:
    """What is open on a day; before the first step nothing is."""
    index = bisect_right(balances, day, key=lambda step: step[0])
    return balances[index - 1][1] if index else 0


def _half_years(start: date, end: date) -> Iterator[date]:
    """Where a rate may change, and where a leap year begins and ends."""
    turn = next_half_year(start)
    while turn <= end:
        yield turn
        turn = next_half_year(turn)


def anniversaries(start: date, end: date, months: int) -> Iterator[date]:
    """List the same day of the month, every so many months after the start; month-end safe."""
    every = (_months_later(start, number * months) for number in count(1))
    return takewhile(lambda day: day <= end, every)


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def grown(
    found: Iterable[Stretch],
    walls: Sequence[date],
    interest: Callable[[Stretch, Fraction], Fraction],
) -> Iterator[tuple[Stretch, Fraction, Fraction]]:
    """Add interest to each stretch; where it compounds, what has grown becomes capital.

    ``interest`` is told the stretch and what bears interest on it; all in exact minor units.
    """
    capital = growing = Fraction(0)
    passed = 0
    for stretch in found:
        reached = bisect_right(walls, stretch.start)
        if reached > passed:
            capital, growing, passed = capital + growing, Fraction(0), reached
        exact = interest(stretch, stretch.balance + capital)
        growing += exact
        yield stretch, capital, exact
