"""Money that is expected week by week, with a band, from open invoices and what was agreed.

Each open amount is spread over the days on which the customer may pay: the expected day, moved by
every error that such expectations had so far, as far as that day is still to come. What was
promised or agreed counts on its day. Sums are whole minor units of one currency; parts add up to
the open amount exactly.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import isqrt

from domain.forecast.habits import PaymentHabits

MOST_WEEKS = 53

_Z = (12816, 10000)
"""Between so many standard deviations lie four outcomes of five, where many sums come together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAmount:
    """Something of an invoice that is open.

    Attributes:
        due: its due date.
        minor: how much, minor units.
        agreed: the day on which it was promised or agreed to be paid; None where nothing was.
    """

    customer: str
    due: date
    minor: int
    agreed: date | None = None


@dataclass(slots=True, kw_only=True)
class ExpectedWeek:
    """The money of one week; minor units.

    Attributes:
        first: its Monday, or the forecast's own day in the first week.
        expected: all that is expected, agreed amounts included.
        agreed: the part of it that was promised or agreed for a day of this week.
        little_history: the part of it of customers who settled too few invoices to have a habit.
        spread: the variance of the rest, minor units squared.
    """

    first: date
    last: date
    expected: int = 0
    agreed: int = 0
    little_history: int = 0
    spread: int = 0

    @property
    def band(self) -> tuple[int, int]:
        """The sums between which it lies in four weeks of five; never less than nothing."""
        around = isqrt(self.spread) * _Z[0] // _Z[1]
        return max(0, self.expected - around), self.expected + around


@dataclass(slots=True, kw_only=True)
class MoneyForecast:
    """What may be expected of one creditor's open money in one currency; minor units.

    Attributes:
        later: after the last week.
        untold: of which no day can be told: nobody's habit is known, or it is overdue for longer
            than anybody who paid ever was.
    """

    weeks: list[ExpectedWeek] = field(default_factory=list)
    later: int = 0
    untold: int = 0


def forecast(
    amounts: Iterable[OpenAmount], habits: PaymentHabits, today: date, weeks: int
) -> MoneyForecast:
    """Spread open amounts over the weeks to come.

    Args:
        amounts: what is open at the end of today, contested amounts left out.
        habits: how this creditor's customers paid so far.
        today: nothing is expected on it any more.
        weeks: how many weeks to tell, the running one first.
    """
    found = MoneyForecast(weeks=_calendar(today, weeks))
    ends = [week.last for week in found.weeks]
    for amount in amounts:
        if amount.agreed:
            _on_its_day(found, amount, max(amount.agreed, today + timedelta(days=1)), ends)
        else:
            _by_habit(found, amount, habits, today, ends)
    return found


def _calendar(today: date, weeks: int) -> list[ExpectedWeek]:
    """The weeks from tomorrow on: the running one to its Sunday, then whole ones."""
    first, found = today + timedelta(days=1), list[ExpectedWeek]()
    for _ in range(weeks):
        last = first + timedelta(days=6 - first.weekday())
        found.append(ExpectedWeek(first=first, last=last))
        first = last + timedelta(days=1)
    return found


def _on_its_day(found: MoneyForecast, amount: OpenAmount, day: date, ends: Sequence[date]) -> None:
    number = bisect_left(ends, day)
    if number == len(ends):
        found.later += amount.minor
        return
    found.weeks[number].expected += amount.minor
    found.weeks[number].agreed += amount.minor


def _by_habit(
    found: MoneyForecast,
    amount: OpenAmount,
    habits: PaymentHabits,
    today: date,
    ends: Sequence[date],
) -> None:
    habit = habits.of(amount.customer)
    errors = habit.errors if habit else ()
    if habit is None or not errors:
        found.untold += amount.minor
        return
    expected = habit.expected_on(amount.due)
    over = bisect_right(errors, (today - expected).days)  # by then it would have been paid
    possible = len(errors) - over
    if not possible:
        found.untold += amount.minor
        return
    before, counted = 0, over
    for week, end in zip(found.weeks, ends, strict=True):
        upto = bisect_right(errors, (end - expected).days)
        by_then = amount.minor * (upto - over) // possible
        _expect(week, amount.minor, by_then - before, (upto - counted, possible), own=habit.own)
        before, counted = by_then, upto
    found.later += amount.minor - before


def _expect(
    week: ExpectedWeek, minor: int, part: int, chance: tuple[int, int], *, own: bool
) -> None:
    happens, of = chance
    week.expected += part
    week.spread += minor * minor * happens * (of - happens) // (of * of)
    if not own:
        week.little_history += part
