"""Reports: a picture to look at, a table to copy, a file to take away; of any past day."""

from __future__ import annotations

import csv
import io
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from starter.charts.svg import svg
from starter.console.acts.reading import day_in
from starter.console.pages.reporting.kinds import REPORTS, ReportQuestion, ShownReport
from starter.console.security.visit import Visit, Visiting
from starter.console.shown.saving import to_be_saved
from starter.views.plain import plain_value

_FIRST = "ageing"
_OBEYED = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula at the beginning of a cell."""

_Asked = Annotated[str, Query(max_length=40)]
_From = Annotated[str, Query(max_length=40, alias="from")]


def report_pages() -> APIRouter:
    """Make the addresses of reports."""
    router = APIRouter()
    router.add_api_route("/reports", report_page, methods=["GET"])
    router.add_api_route("/reports.csv", report_file, methods=["GET"])
    return router


def report_page(
    visit: Visiting, of: _Asked = _FIRST, on: _Asked = "", first: _From = "", currency: _Asked = ""
) -> HTMLResponse:
    """Show a report; which one, of which days and currency, is part of the address."""
    known = of if of in REPORTS else _FIRST
    report = REPORTS[known]
    asked = _question(visit, on, first, currency)
    rows = report.make(asked)
    drawn = svg(report.draw(rows, asked)) if rows else ""
    return visit.page(
        "reports.html",
        title=visit.gettext(report.label),
        here="reports",
        of=known,
        reports=REPORTS,
        report=report,
        rows=rows,
        picture=Markup(drawn),  # noqa: S704 - drawn by us, every name in it escaped
        asked=asked,
        told=_address(asked),
    )


def report_file(
    visit: Visiting, of: _Asked = _FIRST, on: _Asked = "", first: _From = "", currency: _Asked = ""
) -> Response:
    """Give a report out as CSV; no cell begins as a formula would."""
    known = of if of in REPORTS else _FIRST
    report = REPORTS[known]
    asked = _question(visit, on, first, currency)
    return to_be_saved(f"{known}-{asked.scope.on}.csv", _as_csv(report, asked).encode())


def _as_csv(report: ShownReport, asked: ReportQuestion) -> str:
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow(report.columns)
    rows = report.make(asked)
    lines.writerows([_cell(getattr(row, name)) for name in report.columns] for row in rows)
    return text.getvalue()


def _question(visit: Visit, on: str, first: str, currency: str) -> ReportQuestion:
    reports = visit.application.reports
    scope = reports.scope(day_in(on, "on"), visit.creditor, currency)
    period = reports.period(day_in(first, "from"), scope.on, scope.on)
    return ReportQuestion(visit=visit, scope=scope, period=period)


def _address(asked: ReportQuestion) -> str:
    """What is asked, as every address of the page says it again."""
    told = {"on": asked.scope.on, "from": asked.period.first, "currency": asked.scope.currency}
    return urlencode(told)


def _cell(value: Any) -> str:
    told = "" if value is None else str(plain_value(value))
    is_number = told.lstrip("-").replace(".", "", 1).isdecimal()
    return f"'{told}" if told.startswith(_OBEYED) and not is_number else told
