"""Reports: a picture to look at, a table to copy, a file to take away; of any past day."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from activities.ports.stores.reports import Period, ReportScope
from activities.services.reports import ReportService
from domain.history.reports import parse_buckets
from starter.charts import of_reports
from starter.charts.chart import Chart
from starter.charts.svg import svg
from starter.console.acts.reading import day_in
from starter.console.security.visit import Visit, Visiting
from starter.console.shown.saving import to_be_saved
from starter.views.plain import plain_value

_DAYS, _WEEKS = 90, 8
_BUCKETS = "30,60,90"
_OBEYED = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula at the beginning of a cell."""

_Asked = Annotated[str, Query(max_length=40)]
Rows = Sequence[Any]


@dataclass(frozen=True, slots=True)
class ShownReport:
    """A report: its name, how its rows are made and drawn, and which columns it shows."""

    label: str
    make: Callable[[ReportService, ReportScope, Period], Rows]
    draw: Callable[[Any, str], Chart]
    columns: tuple[str, ...]


REPORTS: Mapping[str, ShownReport] = {
    "ageing": ShownReport(
        "Ageing",
        lambda reports, scope, _: reports.ageing(scope, parse_buckets(_BUCKETS)),
        of_reports.ageing_chart,
        ("currency", "bucket", "invoices", "open", "share", "disputed", "with_agency", "net"),
    ),
    "dso": ShownReport(
        "Days sales outstanding",
        lambda reports, scope, period: reports.dso(scope, _DAYS, period),
        of_reports.dso_chart,
        (
            "currency",
            "receivables",
            "overdue",
            "sales",
            "dso",
            "best_possible",
            "delinquent",
            "cei",
        ),
    ),
    "promises": ShownReport(
        "Promises",
        lambda reports, scope, _: reports.promises(scope),
        of_reports.promises_chart,
        ("currency", "collector", "made", *of_reports.FATES, "kept_percent"),
    ),
    "recovery": ShownReport(
        "Recovered by step",
        lambda reports, scope, period: reports.recovery(scope, period),
        of_reports.recovery_chart,
        ("currency", "step", "customer_class", "recovered", "cases", "settled", "days_median"),
    ),
    "forecast": ShownReport(
        "Expected money",
        lambda reports, scope, _: reports.forecast(scope, _WEEKS),
        of_reports.forecast_chart,
        ("currency", "kind", "first", "last", "expected", "low", "high"),
    ),
}


def report_pages() -> APIRouter:
    """Make the addresses of reports."""
    router = APIRouter()
    router.add_api_route("/reports", report_page, methods=["GET"])
    router.add_api_route("/reports.csv", report_file, methods=["GET"])
    return router


def report_page(
    visit: Visiting, of: _Asked = "ageing", on: _Asked = "", currency: _Asked = ""
) -> HTMLResponse:
    """Show a report; which one, of which day and currency, is part of the address."""
    known = of if of in REPORTS else "ageing"
    report = REPORTS[known]
    scope, rows = _made(visit, report, on, currency)
    drawn = svg(report.draw(rows, f"at the end of {scope.on}")) if rows else ""
    return visit.page(
        "reports.html",
        title=report.label,
        here="reports",
        of=known,
        reports=REPORTS,
        report=report,
        rows=rows,
        picture=Markup(drawn),  # noqa: S704 - drawn by us, every name in it escaped
        on=scope.on,
        currency=scope.currency,
    )


def report_file(
    visit: Visiting, of: _Asked = "ageing", on: _Asked = "", currency: _Asked = ""
) -> Response:
    """Give a report out as CSV; no cell begins as a formula would."""
    known = of if of in REPORTS else "ageing"
    report = REPORTS[known]
    scope, rows = _made(visit, report, on, currency)
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow(report.columns)
    lines.writerows([_cell(getattr(row, name)) for name in report.columns] for row in rows)
    return to_be_saved(f"{known}-{scope.on}.csv", text.getvalue().encode())


def _made(visit: Visit, report: ShownReport, on: str, currency: str) -> tuple[ReportScope, Rows]:
    reports = visit.application.reports
    scope = reports.scope(day_in(on, "on"), visit.creditor, currency)
    return scope, report.make(reports, scope, reports.period(None, None, scope.on))


def _cell(value: Any) -> str:
    told = "" if value is None else str(plain_value(value))
    is_number = told.lstrip("-").replace(".", "", 1).isdecimal()
    return f"'{told}" if told.startswith(_OBEYED) and not is_number else told
