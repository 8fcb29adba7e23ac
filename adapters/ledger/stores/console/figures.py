"""The figures of a desk, from PostgreSQL."""

from __future__ import annotations

from sqlalchemy import Engine

from activities.ports.stores.console.figures import ReasonRow, SentRow, SpanOfDays, WorkRow
from adapters.ledger.console import figures


class SqlFiguresStore:
    """The figures of one creditor's desk, of any time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def reasons(self, creditor: str, span: SpanOfDays, currency: str) -> tuple[ReasonRow, ...]:
        """Count why customers were late, the most frequent reasons first."""
        return figures.reasons_for_lateness(self._engine, creditor, span, currency)

    def work(self, creditor: str, span: SpanOfDays) -> tuple[WorkRow, ...]:
        """Count what each person did, by name."""
        return figures.work_of_people(self._engine, creditor, span)

    def contacts(self, creditor: str, span: SpanOfDays) -> tuple[SentRow, ...]:
        """Count what left and what came back, by channel and step."""
        return figures.contacts_by_step(self._engine, creditor, span)
