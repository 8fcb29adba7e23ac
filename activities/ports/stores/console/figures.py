"""Figures of the desk: why customers are late, what collectors did, what left and came back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanOfDays:
    """From an instant on, and before another (UTC)."""

    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonRow:
    """One reason for being late, of one currency.

    Attributes:
        said: how it came to be known: a dispute, a call, a pause, a write-off.
        invoices: of which it was said in that time, each once.
        invoiced: their amounts together.
    """

    currency: str
    said: str
    reason: str
    invoices: int
    invoiced: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRow:
    """What one person did in that time.

    Attributes:
        customers: whom they did anything for, each once.
        reached: of the calls, those in which somebody was spoken to.
        agreements: promises, plans and offers.
        late: of the tasks, those that were done after their time.
    """

    person: str
    customers: int
    calls: int
    reached: int
    agreements: int
    disputes: int
    other: int
    tasks: int
    late: int
    notes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SentRow:
    """What left on one channel for one step, and what came back of it so far.

    Attributes:
        left: taken by a provider, or counted as sent because nobody knows.
        refused: never left.
        failed: came back, or reached nobody.
        answered: somebody wrote back.
    """

    channel: str
    step: str
    left: int
    delivered: int
    opened: int
    failed: int
    answered: int
    refused: int


class FiguresStore(Protocol):
    """The figures of one creditor's desk, of any time."""

    def reasons(self, creditor: str, span: SpanOfDays, currency: str) -> tuple[ReasonRow, ...]:
        """Count why customers were late, the most frequent reasons first."""
        ...

    def work(self, creditor: str, span: SpanOfDays) -> tuple[WorkRow, ...]:
        """Count what each person did, by name."""
        ...

    def contacts(self, creditor: str, span: SpanOfDays) -> tuple[SentRow, ...]:
        """Count what left and what came back, by channel and step."""
        ...
