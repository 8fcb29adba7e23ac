"""The customer's class, by a transparent rule from the customer's own history (P31)."""

from __future__ import annotations

from dataclasses import dataclass

from domain.policy import ClassRules


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What the ledger remembers of a customer's settled invoices and agreements.

    Attributes:
        settled: invoices settled by money.
        late: how many of them after their due date.
        days_late: the sum of their days late (early ones count as zero).
        broken_promises: promises that were not kept.
        handoffs: cases that went to the agency.
    """

    settled: int = 0
    late: int = 0
    days_late: int = 0
    broken_promises: int = 0
    handoffs: int = 0


def class_of(history: History, rules: ClassRules) -> str:
    """``risky``, ``late_payer``, ``good``, or ``new`` where no invoice was settled yet."""
    broken = history.broken_promises >= rules.risky_from_broken_promises
    if broken or history.handoffs >= rules.risky_from_handoffs:
        return "risky"
    if not history.settled:
        return "new"
    often = history.late * 100 >= rules.late_from_percent * history.settled
    slow = history.days_late >= rules.late_from_mean_days * history.settled
    return "late_payer" if often or slow else "good"
