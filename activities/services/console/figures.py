"""The service for the figures of a desk."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from activities.ports.stores.console.figures import (
    FiguresStore,
    ReasonRow,
    SentRow,
    SpanOfDays,
    WorkRow,
)
from activities.ports.stores.reports import Period


class FiguresService:
    """Tells why customers are late, what people did, and what left and came back."""

    def __init__(self, store: FiguresStore) -> None:
        self._store = store

    def reasons(
        self, creditor: str, period: Period, zone: ZoneInfo, currency: str
    ) -> tuple[ReasonRow, ...]:
        """Count why customers were late, the most frequent reasons first."""
        return self._store.reasons(creditor, span_of(period, zone), currency)

    def work(self, creditor: str, period: Period, zone: ZoneInfo) -> tuple[WorkRow, ...]:
        """Count what each person did, by name."""
        return self._store.work(creditor, span_of(period, zone))

    def contacts(self, creditor: str, period: Period, zone: ZoneInfo) -> tuple[SentRow, ...]:
        """Count what left and what came back, by channel and step."""
        return self._store.contacts(creditor, span_of(period, zone))


def span_of(period: Period, zone: ZoneInfo) -> SpanOfDays:
    """Find the instants between which the days of a period lie, on the clocks of a zone."""
    after = period.last + timedelta(days=1)
    begins, ends = (datetime.combine(day, time(), zone) for day in (period.first, after))
    return SpanOfDays(begins=begins.astimezone(UTC), ends=ends.astimezone(UTC))
