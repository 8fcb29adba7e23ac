"""The service for reports, for any day that is over or today."""

from __future__ import annotations

from datetime import date, timedelta

from activities.ports.clock import Clock
from activities.ports.stores.reports import (
    AgeingRow,
    BacktestRow,
    BenchmarkRow,
    DsoRow,
    ForecastRow,
    Period,
    PromiseRow,
    RecoveryRow,
    ReportScope,
    ReportStore,
)
from activities.services.experiments.benchmarks import compared
from domain.errors import DomainError
from domain.history.reports import AgeingBuckets
from domain.money import minor_digits


class PeriodError(DomainError):
    """A period ends before it begins.

    Attributes:
        period: both its days.
    """

    def __init__(self, period: Period) -> None:
        super().__init__(f"{period.first} lies after {period.last}", field="from")
        self.period = period


class ReportService:
    """Makes reports of ageing, DSO, promises, recovery and what is expected, per creditor."""

    def __init__(self, reports: ReportStore, clock: Clock) -> None:
        self._reports = reports
        self._clock = clock

    def scope(self, on: date | None, creditor: str = "", currency: str = "") -> ReportScope:
        """Say what a report looks at; the day is today unless given.

        Raises:
            DomainError: if the day is still to come, or the currency is none.
        """
        day = on or self._clock().date()
        self._refuse_future(day, "on")
        if currency:
            minor_digits(currency.upper())  # refuses what is no currency
        return ReportScope(on=day, creditor=creditor, currency=currency.upper())

    def period(self, first: date | None, last: date | None, on: date) -> Period:
        """Say from which day to which; unless given, the month up to the report's day.

        Raises:
            PeriodError: if it ends before it begins.
            DomainError: if it ends after today.
        """
        ends = last or on
        begins = first or ends.replace(day=1)
        if begins > ends:
            raise PeriodError(Period(first=begins, last=ends))
        self._refuse_future(ends, "to")
        return Period(first=begins, last=ends)

    def year_before(self, first: date | None, last: date | None, on: date) -> Period:
        """Say from which day to which; unless given, the year up to the report's day.

        Raises:
            PeriodError: if it ends before it begins.
            DomainError: if it ends after today.
        """
        return self.period(first or on - timedelta(days=365), last, on)

    def ageing(self, scope: ReportScope, buckets: AgeingBuckets) -> tuple[AgeingRow, ...]:
        """Show open money by how long it is overdue, with what is disputed or with the agency."""
        return self._reports.ageing(scope, buckets)

    def dso(self, scope: ReportScope, days: int, period: Period) -> tuple[DsoRow, ...]:
        """Show how long money takes to come, and how well a period collected."""
        return self._reports.dso(scope, days, period)

    def benchmarks(self, scope: ReportScope, period: Period) -> tuple[BenchmarkRow, ...]:
        """Show what each step, channel, hour and tone was followed by, and whether it is chance.

        Each is compared with the others of its kind, creditor and currency, and with nothing else.
        """
        return compared(self._reports.benchmarks(period, scope.creditor, scope.currency))

    def promises(self, scope: ReportScope) -> tuple[PromiseRow, ...]:
        """Show what became of promises to pay, by who recorded them."""
        return self._reports.promises(scope)

    def recovery(self, scope: ReportScope, period: Period) -> tuple[RecoveryRow, ...]:
        """Show which step was the last before money came, for which class of customers."""
        return self._reports.recovery(period, scope.creditor, scope.currency)

    def forecast(self, scope: ReportScope, weeks: int) -> tuple[ForecastRow, ...]:
        """Show what money may be expected in the weeks after a day, and in which band."""
        return self._reports.forecast(scope, weeks)

    def backtest(self, scope: ReportScope, issued: Period) -> tuple[BacktestRow, ...]:
        """Show how good such expectations of invoices issued in a period would have been.

        Raises:
            DomainError: if a currency is named: the days of all of a customer's invoices count.
        """
        if scope.currency:
            raise DomainError("a backtest counts days, in no currency", field="currency")
        return self._reports.backtest(scope, issued)

    def _refuse_future(self, day: date, field: str) -> None:
        if day > self._clock().date():
            raise DomainError(f"{day} is still to come; a report looks back", field=field)
