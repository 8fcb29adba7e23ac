"""Figures from PostgreSQL, for any day."""

from __future__ import annotations

from sqlalchemy import Engine

from activities.ports.stores.reports import (
    AgeingRow,
    BacktestRow,
    BenchmarkCount,
    DsoRow,
    ForecastRow,
    Period,
    PromiseRow,
    RecoveryRow,
    ReportScope,
)
from adapters.ledger.reports import benchmarks, forecasts, promises, recovery, reports
from domain.history.reports import AgeingBuckets


class SqlReportStore:
    """Ageing, DSO, promises, recovery, forecast."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def ageing(self, scope: ReportScope, buckets: AgeingBuckets) -> tuple[AgeingRow, ...]:
        """Add up open money by how long it is overdue, at the end of a day."""
        return reports.ageing(self._engine, scope, buckets)

    def dso(self, scope: ReportScope, days: int, period: Period) -> tuple[DsoRow, ...]:
        """Compute how long money takes to come, and how well a period collected."""
        return reports.dso(self._engine, scope, days, period)

    def promises(self, scope: ReportScope) -> tuple[PromiseRow, ...]:
        """Count what became of all promises up to the end of a day, by who recorded them."""
        return promises.promises(self._engine, scope)

    def recovery(self, period: Period, creditor: str, currency: str) -> tuple[RecoveryRow, ...]:
        """Add up the money of a period by the last step before it and the customer's class."""
        return recovery.recovery(self._engine, period, creditor, currency)

    def benchmarks(
        self, period: Period, creditor: str, currency: str
    ) -> tuple[BenchmarkCount, ...]:
        """Count whom each step, channel, hour and tone reached, and who paid within two weeks."""
        return benchmarks.benchmarks(self._engine, period, creditor, currency)

    def forecast(self, scope: ReportScope, weeks: int) -> tuple[ForecastRow, ...]:
        """Tell what money may be expected in so many weeks after a day."""
        return forecasts.forecasts(self._engine, scope, weeks)

    def backtest(self, scope: ReportScope, issued: Period) -> tuple[BacktestRow, ...]:
        """Tell how good the expectations of invoices issued in a period would have been."""
        return forecasts.backtest(self._engine, scope, issued)
