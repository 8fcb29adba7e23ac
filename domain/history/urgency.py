"""In which order customers are looked after: points from what is known, each shown by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.message_types import Stage
from domain.money import Money, minor_digits
from domain.policy.work_order import WORK_ORDER, WorkOrder

STANDING_STILL = (Stage.PROMISED, Stage.PAUSED, Stage.WITH_AGENCY)
"""Stages in which nobody asks for the money now: it counts for nothing."""


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


def urgency(known: UrgencyFacts, now: datetime, order: WorkOrder = WORK_ORDER) -> Urgency:
    """Give a customer points: for money, days, broken promises, class, and work that waits now."""
    overdue = any(money.minor > 0 for money in known.overdue)
    late, broken = max(known.days, 0) // order.days_for_a_point, known.broken * order.broken_promise
    return Urgency(
        money=max((_for_money(money, order) for money in known.overdue), default=0),
        days=min(late, order.lateness_at_most) if overdue else 0,
        promises=min(broken, order.promises_at_most) if overdue else 0,
        by_class=order.for_class(known.customer_class) if overdue else 0,
        work=_for_work(known, now, order),
    )


def _for_money(money: Money, order: WorkOrder) -> int:
    """The largest sum counts, not all together: currencies never add up."""
    whole = int(10 ** minor_digits(money.currency))
    units = max(money.minor, 0) // whole // order.doubles_from
    return min(units.bit_length() * order.each_doubling, order.money_at_most)


def _for_work(known: UrgencyFacts, now: datetime, order: WorkOrder) -> int:
    calls = order.call if known.call_at and known.call_at <= now else 0
    tasks = order.task if known.task_at and known.task_at <= now else 0
    points = max(calls, tasks)
    return points + order.passed_on if points and known.passed_on else points
