"""How late customers pay: the middle of what they did, and how far they strayed from it.

A customer's median and the pooled errors of all predictions so far beat the due date by far and
come near to trained models (measured on 2,466 published invoices: docs/reports.md).
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import heappop, heappush

LEAST_SETTLED = 3
"""With fewer settled invoices a customer has no habit of its own that could be told."""

LATEST_ERRORS = 200
"""So many of the latest errors count: customers change, and an old error says little of today."""

BAND = (10, 90)
"""Percentiles between which the band lies: four of five outcomes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledInvoice:
    """An invoice that was paid; days in the debtor's calendar."""

    customer: str
    issued: date
    due: date
    settled: date

    @property
    def days_late(self) -> int:
        """Days from the due date to the settling; negative where it came early."""
        return (self.settled - self.due).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """What may be expected of a customer's next invoice.

    Attributes:
        days_late: days from the due date on which it is expected, the middle of those before.
        errors: by how many days the latest such expectations were wrong, in rising order.
        own: whether it is the customer's own; otherwise that of all customers together, for this
            one has too little history.
    """

    days_late: int
    errors: Sequence[int]
    own: bool

    def expected_on(self, due: date) -> date:
        """Find the day on which an invoice that falls due on a day is expected to be paid."""
        return due + timedelta(days=self.days_late)

    def band(self, due: date) -> tuple[date, date] | None:
        """Find the days between which it is paid four times of five; None if nothing is known."""
        if not self.errors:
            return None
        first, last = (_percentile(self.errors, share) for share in BAND)
        expected = self.expected_on(due)
        return expected + timedelta(days=first), expected + timedelta(days=last)


class _LatestErrors:
    """The latest errors, in rising order and in that of their coming."""

    def __init__(self) -> None:
        self.rising: list[int] = []
        self._coming: deque[int] = deque()

    def add(self, error: int) -> None:
        self._coming.append(error)
        insort(self.rising, error)
        if len(self._coming) > LATEST_ERRORS:
            del self.rising[bisect_left(self.rising, self._coming.popleft())]


class PaymentHabits:
    """Learns from settled invoices of one creditor, in the order in which they became known."""

    def __init__(self) -> None:
        self._of: dict[str, list[int]] = defaultdict(list)
        self._all: list[int] = []
        self._errors = {True: _LatestErrors(), False: _LatestErrors()}

    def of(self, customer: str) -> Habit | None:
        """Tell what may be expected of a customer; None while too few invoices were settled."""
        own = self._of.get(customer, ())
        has_own = len(own) >= LEAST_SETTLED
        known = own if has_own else self._all
        if len(known) < LEAST_SETTLED:
            return None
        return Habit(days_late=_middle(known), errors=self._errors[has_own].rising, own=has_own)

    def learn(self, settled: SettledInvoice, expected: int | None, *, own: bool) -> None:
        """Take in that an invoice was settled, and how wrong the expectation was.

        Args:
            settled: the invoice.
            expected: the days late that were expected; None where nothing could be told.
            own: whether the customer's own habit told them.
        """
        insort(self._of[settled.customer], settled.days_late)
        insort(self._all, settled.days_late)
        if expected is not None:
            self._errors[own].add(settled.days_late - expected)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What was expected of an invoice on the day of its issue, and what came of it.

    Attributes:
        expected: the day on which it was expected to be paid; None where nothing could be told.
        band: the days between which it was, four times of five; None likewise.
        own: whether the customer had a habit of its own by then.
    """

    invoice: SettledInvoice
    expected: date | None = None
    band: tuple[date, date] | None = None
    own: bool = False

    @property
    def was_in_band(self) -> bool:
        """Whether it was paid on one of those days."""
        return self.band is not None and self.band[0] <= self.invoice.settled <= self.band[1]


def learn_habits(settled: Iterable[SettledInvoice]) -> PaymentHabits:
    """Learn from all that was settled so far, and from how wrong each expectation was."""
    habits = PaymentHabits()
    for _ in relived(settled, habits):
        pass
    return habits


def relived(settled: Iterable[SettledInvoice], habits: PaymentHabits) -> Iterator[Expectation]:
    """Go through a history in the order of issue: what was expected of each invoice on its day.

    Known on a day is what had been settled before it. In the end the habits know everything.
    """
    waiting: list[tuple[date, int, SettledInvoice, int | None, bool]] = []
    for number, invoice in enumerate(sorted(settled, key=_in_order)):
        while waiting and waiting[0][0] < invoice.issued:
            _, _, known, days, own = heappop(waiting)
            habits.learn(known, days, own=own)
        habit = habits.of(invoice.customer)
        if habit is None:
            yield Expectation(invoice=invoice)
        else:
            yield Expectation(
                invoice=invoice,
                expected=habit.expected_on(invoice.due),
                band=habit.band(invoice.due),
                own=habit.own,
            )
        days, own = (habit.days_late, habit.own) if habit else (None, False)
        heappush(waiting, (invoice.settled, number, invoice, days, own))
    for _, _, known, days, own in sorted(waiting, key=lambda one: one[:2]):
        habits.learn(known, days, own=own)


def _in_order(one: SettledInvoice) -> tuple[date, date, str]:
    return one.issued, one.settled, one.customer


def _middle(rising: Sequence[int]) -> int:
    """The median; of two in the middle the mean, rounded down."""
    half = len(rising) // 2
    return rising[half] if len(rising) % 2 else (rising[half - 1] + rising[half]) // 2


def _percentile(rising: Sequence[int], share: int) -> int:
    """The least value that at least so many of a hundred do not exceed."""
    return rising[max(0, -(-len(rising) * share // 100) - 1)]
