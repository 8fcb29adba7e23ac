"""What reports look at and show: one row per creditor and currency, never a sum over two."""

# One thing: the rows of all reports, and the port that makes them.

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from domain.history.reports import AgeingBuckets
from domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportScope:
    """What a report looks at; an empty word means all.

    Attributes:
        on: the day, to its end in each debtor's own calendar.
    """

    on: date
    creditor: str = ""
    currency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeingRow:
    """Open money of one creditor and currency in one bucket.

    Attributes:
        share: percent of all that is open of that creditor and currency.
        disputed: the part of it that is contested.
        with_agency: the part of it that an agency collects; it may be contested, too.
        in_favour: what money, credit notes and surpluses of the same customers balance of it, the
            oldest invoices first; none of it is allocated yet.
        net: what is open less that.
    """

    creditor: str
    currency: str
    bucket: str
    invoices: int
    open: Money
    share: Decimal | None
    disputed: Money
    with_agency: Money
    in_favour: Money
    net: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class DsoRow:
    """How long money takes to come, per creditor and currency; days and percents to one decimal.

    Attributes:
        receivables: all that is open at the end of the day.
        overdue: the part of it whose due date has passed.
        sales: invoiced less credited in the days of the simple formulas.
        dso: by countback.
        dso_complete: whether the known sales were enough; else it is the least it can be.
        dso_simple: by division; None where nothing was sold.
        best_possible: the same with what is not overdue.
        delinquent: days by which the simple figure exceeds the best possible.
        cei: collection effectiveness of the period, percent; None if nothing could be collected.
    """

    creditor: str
    currency: str
    receivables: Money
    overdue: Money
    sales: Money
    dso: Decimal
    dso_complete: bool
    dso_simple: Decimal | None
    best_possible: Decimal | None
    delinquent: Decimal | None
    cei: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A stretch of days, both ends counted."""

    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryRow:
    """Money that came after a step, for one class of customers of one creditor and currency.

    Attributes:
        step: the last step before the money; empty if none had been done.
        do: what that step did, ``hand_off`` being the agency's.
        customer_class: the class that the customer had when the case was opened.
        recovered: what settled an invoice or its costs, and was not reversed since.
        cases: cases that some of it was for.
        settled: cases that it settled.
        days_median: calendar days from the step to the money, the debtor's; None without a step.
        days_mean: the same on average, to one decimal.
    """

    creditor: str
    currency: str
    step: str
    do: str
    customer_class: str
    recovered: Money
    cases: int
    settled: int
    days_median: int | None
    days_mean: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchmarkCount:
    """How many customers a step, channel, hour or tone reached, and how many paid after it.

    Attributes:
        kind: ``step``, ``channel``, ``hour`` (on the customer's clock) or ``tone``.
        tried: customers that it reached.
        paid: those of whom money came within two weeks and before the next step.
    """

    creditor: str
    currency: str
    kind: str
    value: str
    tried: int
    paid: int
    recovered: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchmarkRow:
    """The same with what may be said of it.

    Attributes:
        share: paid of those tried, percent.
        difference: percentage points from all others of the kind; None if there is none.
        low: the lower end of its always-valid interval of 95 %; high: the upper one.
        chance: whether that may be chance, in a sentence.
    """

    creditor: str
    currency: str
    kind: str
    value: str
    tried: int
    paid: int
    recovered: Money
    share: Decimal
    difference: Decimal | None
    low: Decimal | None
    high: Decimal | None
    chance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseRow:
    """What became of the promises that one collector recorded for one creditor and currency.

    Attributes:
        collector: who recorded them, as they were named; empty if nobody was.
        made: all that were accepted; the other counts add up to it.
        kept: in time.
        late: the promised money came, after the day of the check.
        part: some of it came.
        broken: nothing came.
        replaced: another promise took its place before its check.
        running: the day of the check is still to come.
        kept_percent: kept in time of those that were kept, late, in part or broken; None of none.
    """

    creditor: str
    currency: str
    collector: str
    made: int
    kept: int
    late: int
    part: int
    broken: int
    replaced: int
    running: int
    kept_percent: Decimal | None


class ForecastKind(StrEnum):
    """When open money may be expected, or why no day can be told."""

    WEEK = "week"
    LATER = "later"
    UNTOLD = "untold"
    CONTESTED = "contested"
    WITH_AGENCY = "with_agency"


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastRow:
    """Open money of one creditor and currency that is expected in a week, or for which none is.

    Attributes:
        first: the first day of the week; None for the others.
        last: its Sunday.
        expected: what is expected, or what is open where no week can be told.
        low: in four weeks of five at least so much comes; None where no week can be told.
        high: in four weeks of five at most so much comes.
        agreed: the part that was promised or agreed for a day of that week.
        little_history: the part of customers who settled too few invoices to have a habit.
    """

    creditor: str
    currency: str
    kind: ForecastKind
    expected: Money
    first: date | None = None
    last: date | None = None
    low: Money | None = None
    high: Money | None = None
    agreed: Money | None = None
    little_history: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BacktestRow:
    """How good the expectations of one creditor's invoices would have been; days to one decimal.

    Attributes:
        invoices: settled ones that were issued in the period.
        told: of which a day could have been told when they were issued.
        own_habit: of which the customer's own habit told it.
        error: the mean distance between the expected day and the day of the settling.
        error_of_due_date: the same if everybody were expected on the due date.
        bias: by how much later than they came they were expected, on average.
        in_band: percent that was settled between the days of the band; 80 are aimed at.
    """

    creditor: str
    invoices: int
    told: int
    own_habit: int
    error: Decimal | None
    error_of_due_date: Decimal | None
    bias: Decimal | None
    in_band: Decimal | None


class ReportStore(Protocol):
    """Figures from the ledger, for any day."""

    def ageing(self, scope: ReportScope, buckets: AgeingBuckets) -> tuple[AgeingRow, ...]:
        """Add up open money by how long it is overdue, at the end of a day."""
        ...

    def dso(self, scope: ReportScope, days: int, period: Period) -> tuple[DsoRow, ...]:
        """Compute how long money takes to come, and how well a period collected."""
        ...

    def promises(self, scope: ReportScope) -> tuple[PromiseRow, ...]:
        """Count what became of all promises up to the end of a day, by who recorded them."""
        ...

    def recovery(self, period: Period, creditor: str, currency: str) -> tuple[RecoveryRow, ...]:
        """Add up the money of a period by the last step before it and the customer's class."""
        ...

    def benchmarks(
        self, period: Period, creditor: str, currency: str
    ) -> tuple[BenchmarkCount, ...]:
        """Count whom each step, channel, hour and tone reached, and who paid within two weeks."""
        ...

    def forecast(self, scope: ReportScope, weeks: int) -> tuple[ForecastRow, ...]:
        """Tell what money may be expected in so many weeks after a day."""
        ...

    def backtest(self, scope: ReportScope, issued: Period) -> tuple[BacktestRow, ...]:
        """Tell how good the expectations of invoices issued in a period would have been."""
        ...
