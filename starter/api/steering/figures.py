"""Routes for figures: reports, experiments with policies, and the versions of policies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Annotated, Any

from fastapi import Path, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from activities.ports.stores.reports import Period, ReportScope
from activities.services.reports import ReportService
from adapters.runtime.machine import machine_clock
from adapters.wiring.advice.experiments import experiment_service
from domain.history.reports import parse_buckets
from domain.intake.reading import read_day
from starter.api.dependencies import Asked, shown_json
from starter.api.fields import Day
from starter.api.reading import named_object
from starter.api.schemas import Shown
from starter.views.experiment_lines import experiment_line, experiment_sheet

_BUCKETS, _DAYS, _WEEKS = "30,60,90", 90, 13
_Name = Annotated[str, Path(description="Its name.", min_length=1)]


class ReportName(StrEnum):
    """Which report is wanted."""

    AGEING = "ageing"
    DSO = "dso"
    PROMISES = "promises"
    RECOVERY = "recovery"
    BENCHMARKS = "benchmarks"
    FORECAST = "forecast"


class ReportAsked(BaseModel):
    """Of which days a report is."""

    model_config = ConfigDict(extra="forbid")

    on: Annotated[Day | None, Field(description="The day, to its end; today unless given.")] = None
    first: Annotated[Day | None, Field(description="First day of a period.")] = None
    last: Annotated[Day | None, Field(description="Last day of a period.")] = None
    currency: Annotated[str, Field(pattern="^([A-Z]{3})?$")] = ""


class FigureRows(Shown):
    """BodyLines of figures; amounts and figures are decimals in text."""

    items: list[dict[str, Any]]


class ExperimentShown(Shown):
    """How an experiment stands, and in a sentence whether one may conclude."""

    name: str
    sentence: str
    may_conclude: bool


_MAKE: Mapping[ReportName, Callable[[ReportService, ReportScope, Period], Any]] = {
    ReportName.AGEING: lambda made, scope, _: made.ageing(scope, parse_buckets(_BUCKETS)),
    ReportName.DSO: lambda made, scope, period: made.dso(scope, _DAYS, period),
    ReportName.PROMISES: lambda made, scope, _: made.promises(scope),
    ReportName.RECOVERY: lambda made, scope, period: made.recovery(scope, period),
    ReportName.BENCHMARKS: lambda made, scope, period: made.benchmarks(scope, period),
    ReportName.FORECAST: lambda made, scope, _: made.forecast(scope, _WEEKS),
}


def show_report(
    report: Annotated[ReportName, Path(description="Which report.")],
    wanted: Annotated[ReportAsked, Query()],
    ask: Asked,
) -> JSONResponse:
    """Show a report of this creditor, as the commands and the console show it."""
    made = ask.application.reports
    on, first, last = (read_day(one) if one else None for one in _days(wanted))
    scope = made.scope(on, ask.creditor, wanted.currency)
    rows = _MAKE[report](made, scope, made.period(first, last, scope.on))
    return shown_json({"items": [_row(row) for row in rows]})


def _days(wanted: ReportAsked) -> tuple[str | None, ...]:
    return (wanted.on, wanted.first, wanted.last)


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


def list_policies(ask: Asked) -> JSONResponse:
    """List the versions of policies that cases follow, or that were chosen for new ones."""
    names = ("sha256", "name", "created_at", "running", "cases")
    rows = ask.application.policies.versions(ask.creditor)
    mine = (f"{ask.creditor}/", ask.creditor)
    return shown_json(
        {
            "items": [
                {name: getattr(one, name) for name in names}
                | {"chosen_for": [who for who in one.chosen if _is_mine(who, mine)]}
                for one in rows
            ]
        }
    )


def _is_mine(who: str, mine: tuple[str, str]) -> bool:
    return who == mine[1] or who.startswith(mine[0])


def list_experiments(ask: Asked) -> JSONResponse:
    """List experiments with policies, newest first."""
    found = experiment_service(ask.application.engine, machine_clock).every(ask.creditor)
    return shown_json({"items": [experiment_line(one) for one in found]})


def show_experiment(name: _Name, ask: Asked) -> JSONResponse:
    """Show how an experiment stands, and whether one may conclude; look as often as you like."""
    service = experiment_service(ask.application.engine, machine_clock)
    return shown_json(
        experiment_sheet(service.report(ask.creditor, named_object(name, "experiment")))
    )
