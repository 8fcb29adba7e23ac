"""Routes for reports: the same figures as the commands and the console show, asked alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from fastapi import Path, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from activities.ports.stores.reports import ReportScope
from activities.services.reports import PeriodError, ReportService
from domain.errors import DomainError
from domain.forecast.weeks import MOST_WEEKS
from domain.history.reports import MOST_DAYS_OF_SALES, parse_buckets
from domain.intake.reading import read_day
from starter.api.dependencies import Asked, shown_json
from starter.api.errors import HttpProblem
from starter.api.fields import Day
from starter.api.schemas import Shown


class ReportName(StrEnum):
    """Which report is wanted."""

    AGEING = "ageing"
    DSO = "dso"
    PROMISES = "promises"
    RECOVERY = "recovery"
    BENCHMARKS = "benchmarks"
    FORECAST = "forecast"


class ReportAsked(BaseModel):
    """Of which days a report is, and how it is counted."""

    model_config = ConfigDict(extra="forbid")

    on: Annotated[Day | None, Field(description="The day, to its end; today unless given.")] = None
    first: Annotated[Day | None, Field(description="First day of a period.")] = None
    last: Annotated[Day | None, Field(description="Last day of a period.")] = None
    currency: Annotated[str, Field(pattern="^([A-Z]{3})?$", description="Only this one.")] = ""
    buckets: Annotated[
        str, Field(max_length=100, description="Of `ageing`: the last day of each bucket.")
    ] = "30,60,90"
    days: Annotated[
        int,
        Field(ge=1, le=MOST_DAYS_OF_SALES, description="Of `dso`: days of sales, simple formulas."),
    ] = 90
    weeks: Annotated[
        int, Field(ge=1, le=MOST_WEEKS, description="Of `forecast`: weeks, the running one first.")
    ] = 13
    backtest: Annotated[
        bool,
        Field(description="Of `forecast`: how good it would have been, for invoices issued then."),
    ] = False

    @property
    def period(self) -> tuple[date | None, date | None]:
        """The first and the last day, where they are given."""
        first, last = (read_day(one) if one else None for one in (self.first, self.last))
        return first, last


_Made = Callable[[ReportService, ReportScope, ReportAsked], Iterable[Any]]


@dataclass(frozen=True, slots=True)
class _Report:
    """How a report is made, and what it is asked beside the day and the currency."""

    make: _Made
    takes: tuple[str, ...] = ()


_PERIOD = ("first", "last")


def _forecast(made: ReportService, scope: ReportScope, wanted: ReportAsked) -> Iterable[Any]:
    if wanted.backtest:
        return made.backtest(scope, made.year_before(*wanted.period, scope.on))
    _refuse_others(wanted, ReportName.FORECAST, ("weeks", "backtest"))
    return made.forecast(scope, wanted.weeks)


_REPORTS: Mapping[ReportName, _Report] = {
    ReportName.AGEING: _Report(
        lambda made, scope, wanted: made.ageing(scope, parse_buckets(wanted.buckets)), ("buckets",)
    ),
    ReportName.DSO: _Report(
        lambda made, scope, wanted: made.dso(
            scope, wanted.days, made.period(*wanted.period, scope.on)
        ),
        ("days", *_PERIOD),
    ),
    ReportName.PROMISES: _Report(lambda made, scope, _: made.promises(scope)),
    ReportName.RECOVERY: _Report(
        lambda made, scope, wanted: made.recovery(scope, made.period(*wanted.period, scope.on)),
        _PERIOD,
    ),
    ReportName.BENCHMARKS: _Report(
        lambda made, scope, wanted: made.benchmarks(scope, made.period(*wanted.period, scope.on)),
        _PERIOD,
    ),
    ReportName.FORECAST: _Report(_forecast, ("weeks", "backtest", *_PERIOD)),
}
_FIELDS = {"from": "first", "to": "last"}
"""What a service calls by the options of a command, as it is called here."""


class ReportRows(Shown):
    """Rows of a report; amounts and figures are decimals in text."""

    items: list[dict[str, Any]]


def show_report(
    report: Annotated[ReportName, Path(description="Which report.")],
    wanted: Annotated[ReportAsked, Query()],
    ask: Asked,
) -> JSONResponse:
    """Show a report of this creditor, as the commands and the console show it."""
    made, asked = ask.application.reports, _REPORTS[report]
    _refuse_others(wanted, report, asked.takes)
    on = read_day(wanted.on) if wanted.on else None
    try:
        rows = asked.make(made, made.scope(on, ask.creditor, wanted.currency), wanted)
    except PeriodError as error:
        days = error.period
        detail = f"first: {days.first} lies after {days.last}"
        raise HttpProblem("invalid", detail, field="first") from None
    except DomainError as error:
        raise DomainError(str(error), field=_FIELDS.get(error.field or "", error.field)) from None
    return shown_json({"items": [_row(row) for row in rows]})


def _refuse_others(wanted: ReportAsked, report: ReportName, takes: Iterable[str]) -> None:
    """What a report does not count by is no wish of it: nobody shall believe that it was heard."""
    for name in sorted(wanted.model_fields_set - {"on", "currency", *takes}):
        told = ", ".join(sorted(takes)) or "only the day and the currency"
        detail = f"{name}: the report {report.value} is not asked that; it takes {told}"
        raise HttpProblem("invalid", detail, field=name)


def _row(row: Any) -> dict[str, Any]:
    """A row by its fields; figures that JSON would make floats of are text."""
    named = {name: getattr(row, name) for name in row.__dataclass_fields__}
    plain = (str, int, bool, type(None))
    return {
        name: value if isinstance(value, plain) or hasattr(value, "minor") else _text(value)
        for name, value in named.items()
        if name != "creditor"
    }


def _text(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
