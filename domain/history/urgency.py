"""In which order customers are looked after: points from what is known, each shown by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.message_types import Stage
from domain.money import Money, minor_digits

MOST_FOR_MONEY = 40
A_DOUBLING = 4
"""Points for each doubling of the overdue money above ``FROM_UNITS``."""

FROM_UNITS = 50
"""Whole units of a currency from which money begins to count."""

MOST_FOR_DAYS = 30
DAYS_A_POINT = 3
MOST_FOR_PROMISES = 30
A_PROMISE = 10
A_CALL, A_TASK, PASSED_ON = 40, 20, 10
STANDING_STILL = (Stage.PROMISED, Stage.PAUSED, Stage.WITH_AGENCY)
"""Stages in which nobody asks for the money now: it counts for nothing."""

BY_CLASS = {"risky": 10, "late_payer": 5, "good": -5}
"""Points for the class that was set for a customer by hand; other classes have none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgencyFacts:
    """What the points of one customer are made of.

    Attributes:
        overdue: what is due and may be asked for now, one sum for each currency.
        days: calendar days since the oldest of it was due.
        broken: broken promises of the invoices that still run.
        customer_class: as it was set by hand; empty if it follows from the history.
        call_at: when the earliest open call is due (UTC).
        task_at: when the earliest other task is due (UTC).
        passed_on: whether one of them was passed on because nobody had done it in time.
    """

    overdue: tuple[Money, ...] = ()
    days: int = 0
    broken: int = 0
    customer_class: str = ""
    call_at: datetime | None = None
    task_at: datetime | None = None
    passed_on: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgency:
    """The points of a customer, each part by itself."""

    money: int = 0
    days: int = 0
    promises: int = 0
    by_class: int = 0
    work: int = 0

    @property
    def score(self) -> int:
        """All points together."""
        return self.money + self.days + self.promises + self.by_class + self.work


def urgency(known: UrgencyFacts, now: datetime) -> Urgency:
    """Give a customer points: for money, days, broken promises, class, and work that waits now."""
    overdue = any(money.minor > 0 for money in known.overdue)
    return Urgency(
        money=max(map(_for_money, known.overdue), default=0),
        days=min(max(known.days, 0) // DAYS_A_POINT, MOST_FOR_DAYS) if overdue else 0,
        promises=min(known.broken * A_PROMISE, MOST_FOR_PROMISES) if overdue else 0,
        by_class=BY_CLASS.get(known.customer_class, 0) if overdue else 0,
        work=_for_work(known, now),
    )


def _for_money(money: Money) -> int:
    """The largest sum counts, not all together: currencies never add up."""
    whole = int(10 ** minor_digits(money.currency))
    units = max(money.minor, 0) // whole // FROM_UNITS
    return min(units.bit_length() * A_DOUBLING, MOST_FOR_MONEY)


def _for_work(known: UrgencyFacts, now: datetime) -> int:
    calls = A_CALL if known.call_at and known.call_at <= now else 0
    tasks = A_TASK if known.task_at and known.task_at <= now else 0
    points = max(calls, tasks)
    return points + PASSED_ON if points and known.passed_on else points
