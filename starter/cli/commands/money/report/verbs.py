"""The noun `report`: what credit managers steer by, from the ledger, for any day."""

# One thing: every report is asked in the same way, by the same options.

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from activities.ports.stores.reports import Period, ReportScope
from activities.services.reports import PeriodError, ReportService
from domain.errors import DomainError
from domain.forecast.weeks import MOST_WEEKS
from domain.history.reports import MOST_DAYS_OF_SALES, parse_buckets
from starter.application import open_application
from starter.charts import of_reports as charts
from starter.charts.blocks import blocks
from starter.charts.chart import Chart
from starter.charts.svg import svg
from starter.cli import options as o
from starter.cli.commands.money.report.lines import report_lines, with_totals
from starter.cli.errors import UsageError
from starter.cli.output import Format, show_rows

AGEING_COLUMNS = (
    *("creditor", "currency", "bucket", "invoices"),
    *("open", "share", "disputed", "with_agency", "in_favour", "net"),
)
DSO_COLUMNS = (
    *("creditor", "currency", "receivables", "overdue", "sales", "dso", "dso_complete"),
    *("dso_simple", "best_possible", "delinquent", "cei"),
)
PROMISE_COLUMNS = (
    *("creditor", "currency", "collector", "made"),
    *("kept", "late", "part", "broken", "replaced", "running", "kept_percent"),
)
RECOVERY_COLUMNS = (
    *("creditor", "currency", "step", "do", "customer_class"),
    *("recovered", "cases", "settled", "days_median", "days_mean"),
)


FORECAST_COLUMNS = (
    *("creditor", "currency", "kind", "first", "last"),
    *("expected", "low", "high", "agreed", "little_history"),
)
BACKTEST_COLUMNS = (
    *("creditor", "invoices", "told", "own_habit"),
    *("error", "error_of_due_date", "bias", "in_band"),
)


BENCHMARK_COLUMNS = (
    *("creditor", "currency", "kind", "value", "tried", "paid"),
    *("recovered", "share", "difference", "low", "high", "chance"),
)


app = typer.Typer(
    help="Ageing, DSO, promises, recovery, benchmarks, forecast.", no_args_is_help=True
)

_On = Annotated[str, typer.Option(help="The day, to its end; today unless given.")]
From = Annotated[str, typer.Option("--from", help="First day; the 1st of --to's month if empty.")]
To = Annotated[str, typer.Option("--to", help="Last day; the day of --on unless given.")]
_Currency = Annotated[str, typer.Option(help="Only this currency.")]
Svg = Annotated[str, typer.Option("--svg", metavar="FILE", help="Write a picture there, too.")]
Drawn = Annotated[bool, typer.Option("--chart", help="Draw it in the terminal, on stderr.")]
_EMPTY = "Nothing to report: no invoice fits."


@app.command()
def ageing(
    *,
    on: _On = "",
    buckets: Annotated[str, typer.Option(help="The last day of each bucket.")] = "30,60,90",
    creditor: o.Creditor = "",
    currency: _Currency = "",
    picture: Svg = "",
    chart: Drawn = False,
    output: o.Output = o.OUTPUT,
) -> None:
    """Show open money by how long it is overdue, with what is disputed or with the agency.

    A past day is told from what was recorded for it, payments by their value date.

    Example: amicable report ageing --on 2026-03-31 --svg ageing.svg
    """
    ranges, reports = parse_buckets(buckets), open_application().reports
    scope = _scope(reports, on, creditor, currency)
    rows = reports.ageing(scope, ranges)
    _draw(charts.ageing_chart(rows, f"open at the end of {scope.on}"), picture, drawn=chart)
    told = report_lines(rows) if output is not Format.TABLE else with_totals(rows)
    show_rows(told, output, AGEING_COLUMNS, _EMPTY)


@app.command()
def dso(
    *,
    on: _On = "",
    days: Annotated[
        int,
        typer.Option(min=1, max=MOST_DAYS_OF_SALES, help="Days of sales for the simple formulas."),
    ] = 90,
    first: From = "",
    last: To = "",
    creditor: o.Creditor = "",
    currency: _Currency = "",
    picture: Svg = "",
    chart: Drawn = False,
    output: o.Output = o.OUTPUT,
) -> None:
    """Show how long money takes to come: DSO by countback and by division, and the best possible.

    The collection effectiveness index (CEI) is that of --from to --to.

    Example: amicable report dso --on 2026-03-31 --from 2026-03-01
    """
    reports = open_application().reports
    scope = _scope(reports, on, creditor, currency)
    rows = reports.dso(scope, days, _period(reports.period, first, last, scope.on))
    _draw(charts.dso_chart(rows, f"at the end of {scope.on}"), picture, drawn=chart)
    show_rows(report_lines(rows), output, DSO_COLUMNS, _EMPTY)


@app.command()
def promises(
    *,
    on: _On = "",
    creditor: o.Creditor = "",
    currency: _Currency = "",
    picture: Svg = "",
    chart: Drawn = False,
    output: o.Output = o.OUTPUT,
) -> None:
    """Show what became of promises to pay, by who recorded them.

    The rate counts those that were kept in time among those whose day has come.

    Example: amicable report promises --creditor acme --chart
    """
    reports = open_application().reports
    scope = _scope(reports, on, creditor, currency)
    rows = reports.promises(scope)
    _draw(charts.promises_chart(rows, f"made by the end of {scope.on}"), picture, drawn=chart)
    show_rows(report_lines(rows), output, PROMISE_COLUMNS, _EMPTY)


@app.command()
def recovery(
    *,
    on: _On = "",
    first: From = "",
    last: To = "",
    creditor: o.Creditor = "",
    currency: _Currency = "",
    picture: Svg = "",
    chart: Drawn = False,
    output: o.Output = o.OUTPUT,
) -> None:
    """Show which step was the last before money came, for which class, and after how many days.

    Money that went back does not count; what the agency brought stands under its handoff.

    Example: amicable report recovery --from 2026-01-01 --to 2026-03-31 -o json
    """
    reports = open_application().reports
    scope = _scope(reports, on, creditor, currency)
    period = _period(reports.period, first, last, scope.on)
    rows = reports.recovery(scope, period)
    told = f"money of {period.first} to {period.last}"
    _draw(charts.recovery_chart(rows, told), picture, drawn=chart)
    show_rows(report_lines(rows), output, RECOVERY_COLUMNS, _EMPTY)


@app.command()
def benchmarks(
    *,
    on: _On = "",
    first: From = "",
    last: To = "",
    creditor: o.Creditor = "",
    currency: _Currency = "",
    picture: Svg = "",
    chart: Drawn = False,
    output: o.Output = o.OUTPUT,
) -> None:
    """Show what each step, channel, hour and tone was followed by, and whether it may be chance.

    Percent of the customers reached who paid within two weeks, against the others of its kind.

    Example: amicable report benchmarks --from 2026-01-01 --to 2026-06-30
    """
    reports = open_application().reports
    scope = _scope(reports, on, creditor, currency)
    period = _period(reports.period, first, last, scope.on)
    rows = reports.benchmarks(scope, period)
    told = f"said from {period.first} to {period.last}"
    _draw(charts.benchmarks_chart(rows, told), picture, drawn=chart)
    show_rows(report_lines(rows), output, BENCHMARK_COLUMNS, _EMPTY)


@app.command("forecast")
def show_forecast(
    *,
    on: _On = "",
    weeks: Annotated[
        int, typer.Option(min=1, max=MOST_WEEKS, help="Weeks to tell, the running one first.")
    ] = 13,
    test_back: Annotated[
        bool, typer.Option("--backtest", help="Show how good it would have been instead.")
    ] = False,
    first: From = "",
    last: To = "",
    creditor: o.Creditor = "",
    currency: _Currency = "",
    picture: Svg = "",
    chart: Drawn = False,
    output: o.Output = o.OUTPUT,
) -> None:
    """Show what money may be expected week by week, and between which sums it will probably lie.

    Told from how each customer paid so far; what was promised or agreed counts on its day.
    With --backtest: how far the expected days lay from the true ones, for settled invoices that
    were issued from --from (a year ago unless given) to --to.

    Example: amicable report forecast --weeks 8 --chart
    """
    reports = open_application().reports
    scope = _scope(reports, on, creditor, currency)
    if test_back:
        rows = reports.backtest(scope, _period(reports.year_before, first, last, scope.on))
        show_rows(
            report_lines(rows), output, BACKTEST_COLUMNS, "Nothing to report: none was settled."
        )
        return
    if first or last:
        raise UsageError("--from and --to are of --backtest: a forecast looks ahead of --on")
    expected = reports.forecast(scope, weeks)
    _draw(charts.forecast_chart(expected, f"after {scope.on}"), picture, drawn=chart)
    show_rows(report_lines(expected), output, FORECAST_COLUMNS, _EMPTY)


def _scope(reports: ReportService, on: str, creditor: str, currency: str) -> ReportScope:
    day = o.day(on, "--on")
    try:
        return reports.scope(day, creditor, currency)
    except DomainError as error:
        raise _usage(error) from None


def _period(
    of: Callable[[date | None, date | None, date], Period], first: str, last: str, on: date
) -> Period:
    """The days from the first to the last; what is not given, the service knows."""
    ends, begins = o.day(last, "--to"), o.day(first, "--from")
    try:
        return of(begins, ends, on)
    except PeriodError as error:
        days = error.period
        raise UsageError(f"--from {days.first} lies after --to {days.last}") from None
    except DomainError as error:
        raise _usage(error) from None


def _usage(error: DomainError) -> Exception:
    """A day that cannot be reported on, by its option; what else is wrong stays as it is."""
    return UsageError(f"--{error.field} {error}") if error.field in ("on", "to") else error


def _draw(chart: Chart, picture: str, *, drawn: bool) -> None:
    if picture:
        try:
            Path(picture).write_text(svg(chart), encoding="utf-8")
        except OSError as error:
            raise DomainError(f"--svg {picture} cannot be written: {error.strerror}") from None
    if drawn and chart.panels:
        sys.stderr.write(blocks(chart))
