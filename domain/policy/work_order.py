"""How heavy each reason weighs by which people look after one customer before another."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkOrder:
    """The points of a customer on the worklist, each for one reason.

    Attributes:
        call: while a call is due.
        task: while another task is due.
        passed_on: more, while one of them was passed on because nobody had done it in time.
        each_doubling: for each doubling of the overdue money above ``doubles_from``.
        doubles_from: whole units of a currency from which money begins to count.
        money_at_most: for money in all.
        days_for_a_point: calendar days since the oldest overdue money was due, for one point.
        lateness_at_most: for lateness in all.
        broken_promise: for each broken promise of the invoices that still run.
        promises_at_most: for broken promises in all.
        risky, late_payer, good: for the class that was set for a customer by hand.
    """

    call: int = 40
    task: int = 20
    passed_on: int = 10
    each_doubling: int = 4
    doubles_from: int = 50
    money_at_most: int = 40
    days_for_a_point: int = 3
    lateness_at_most: int = 30
    broken_promise: int = 10
    promises_at_most: int = 30
    risky: int = 10
    late_payer: int = 5
    good: int = -5

    def for_class(self, name: str) -> int:
        """The points of a class; other classes than these three have none."""
        return {"risky": self.risky, "late_payer": self.late_payer, "good": self.good}.get(name, 0)


WORK_ORDER = WorkOrder()
"""What holds where a policy says nothing."""
