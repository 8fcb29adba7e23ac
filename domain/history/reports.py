"""The figures that credit managers steer by: ageing, DSO, collection effectiveness, kept promises.

Everything is computed exactly from whole minor units of one currency and rounded once, half up, at
the end. Formulas, sources and worked examples: docs/reports.md.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from domain.agreements.promises import PromiseState, is_replaced, state_of
from domain.case.model import Case, Promise
from domain.errors import DomainError

STANDARD_EDGES = (30, 60, 90)
"""The last days of the buckets that most credit departments use."""

MOST_EDGES = 12
LONGEST_EDGE = 3660
MOST_DAYS_OF_SALES = 3660


@dataclass(frozen=True, slots=True)
class AgeingBuckets:
    """How long overdue open money is, in ranges of calendar days.

    Attributes:
        edges: the last day overdue of each range but the first and the last.
    """

    edges: tuple[int, ...] = STANDARD_EDGES

    @property
    def starts(self) -> tuple[int, ...]:
        """The first day overdue of each range but ``not due``."""
        return (1, *(edge + 1 for edge in self.edges))

    @property
    def names(self) -> tuple[str, ...]:
        """What the ranges are called, the first being what is not due yet."""
        ranges = zip(self.starts, self.edges, strict=False)
        spans = (f"{first}-{last}" if last > first else f"{last}" for first, last in ranges)
        return ("not due", *spans, f">{self.edges[-1]}")

    def of(self, days_overdue: int) -> int:
        """Find the number of the range: day 0 is not overdue, day 1 is the first overdue day."""
        return bisect_right(self.starts, days_overdue)


def parse_buckets(text: str) -> AgeingBuckets:
    """Read the edges of buckets, such as ``30,60,90``.

    Raises:
        DomainError: if they are no rising whole numbers of days.
    """
    words = [word.strip() for word in text.split(",")]
    edges = tuple(int(word) for word in words if word.isascii() and word.isdigit())
    rising = all(one < other for one, other in zip((0, *edges), edges, strict=False))
    if len(edges) != len(words) or len(edges) > MOST_EDGES or not rising:
        raise DomainError(
            f"{text!r} are no buckets; write rising days like 30,60,90", field="buckets"
        )
    if edges[-1] > LONGEST_EDGE:
        raise DomainError(f"a bucket ends after {LONGEST_EDGE} days at most", field="buckets")
    return AgeingBuckets(edges)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sales:
    """What was invoiced in a stretch of time, minor units, and how many days that stretch has."""

    minor: int
    days: int


@dataclass(frozen=True, slots=True)
class Countback:
    """DSO by countback.

    Attributes:
        days: days of the latest sales that are still to be paid.
        complete: whether the known sales were enough; else the days are the least it can be.
    """

    days: Decimal
    complete: bool


def countback(receivables: int, latest_first: Iterable[Sales]) -> Countback:
    """Count the days of the latest sales that the open money stands for (exhaustion method).

    Whole months are taken off the receivables as long as they fit; of the month in which they run
    out, a share of its days counts.
    """
    left, days = receivables, Fraction(0)
    for month in latest_first:
        if left <= 0:
            break
        if left < month.minor:
            return Countback(tenths(days + Fraction(left * month.days, month.minor)), complete=True)
        left, days = left - month.minor, days + month.days
    return Countback(tenths(days), complete=left <= 0)


def simple_dso(receivables: int, sales: int, days: int) -> Decimal | None:
    """Compute days sales outstanding by division; None where nothing was sold.

    With the receivables that are not overdue it is the best possible DSO.
    """
    return tenths(Fraction(receivables * days, sales)) if sales > 0 else None


def collection_effectiveness(
    *, beginning: int, sales: int, ending: int, ending_current: int
) -> Decimal | None:
    """Compute CEI: percent collected of what could have been; None if nothing could.

    ``ending_current`` is the part of the ending receivables that is not overdue.
    """
    return percent(beginning + sales - ending, beginning + sales - ending_current)


def percent(part: int, whole: int) -> Decimal | None:
    """Compute a share in percent with one decimal; None of nothing."""
    return tenths(Fraction(100 * part, whole)) if whole > 0 else None


class Fate(StrEnum):
    """What became of a promise to pay."""

    KEPT = "kept"
    LATE = "late"
    PART = "part"
    BROKEN = "broken"
    REPLACED = "replaced"
    RUNNING = "running"


_FATES = {
    "kept": Fate.KEPT,
    "kept_late": Fate.LATE,
    "in_part": Fate.PART,
    "running": Fate.RUNNING,
}


def fates_of(case: Case, now: datetime) -> tuple[tuple[Promise, Fate], ...]:
    """Tell what became of each promise of a case by an instant, oldest first.

    Whether one was kept is decided where the ladder decides it. One that another, a plan or an
    offer took the place of before its check is neither kept nor broken.
    """
    return tuple((promise, _fate(case, promise, now)) for promise in case.promises)


def words_of_fate(case: Case, promise: Promise, now: datetime) -> str:
    """Name how a promise stands; one that another took the place of is replaced."""
    fate = dict(fates_of(case, now)).get(promise)
    return "replaced" if fate is Fate.REPLACED else state_of(case, promise, now).value


def _fate(case: Case, promise: Promise, now: datetime) -> Fate:
    state = state_of(case, promise, now)
    if state is PromiseState.KEPT:
        return Fate.KEPT
    if is_replaced(case, promise):
        return Fate.REPLACED
    return _FATES.get(state.value) or _too_late(case, promise, now)


def _too_late(case: Case, promise: Promise, now: datetime) -> Fate:
    """Late if the promised money is there by now, in part if some of it is."""
    came = case.received_between(promise.counts_from, now)
    whole = case.open <= 0 if promise.amount is None else came >= promise.amount
    if came > 0:
        return Fate.LATE if whole else Fate.PART
    return Fate.BROKEN


def kept_percent(*, kept: int, late: int, part: int, broken: int) -> Decimal | None:
    """Compute the share of promises kept in time, of those that were due and not replaced."""
    return percent(kept, kept + late + part + broken)


def tenths(value: Fraction) -> Decimal:
    """Write an exact figure with one decimal, rounded half up (away from zero)."""
    scaled = abs(value) * 10
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    sign = "-" if value < 0 < whole else ""
    return Decimal(f"{sign}{whole // 10}.{whole % 10}")  # a text is exact, however long


def months_back(on: date, first: date) -> tuple[tuple[date, int], ...]:
    """List the calendar months up to a day, latest first, each with its first day and days.

    The month of the day itself has only the days up to it; ``first`` lies in the last one.
    """
    found, last = [], on
    while last >= first:
        begins = last.replace(day=1)
        found.append((begins, last.day))
        last = begins - timedelta(days=1)
    return tuple(found)
