"""Routes for experiments with policies, and the versions of policies."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path
from fastapi.responses import JSONResponse

from adapters.runtime.machine import machine_clock
from adapters.wiring.advice.experiments import experiment_service
from starter.api.dependencies import Asked, shown_json
from starter.api.reading import named_object
from starter.api.schemas import Shown
from starter.views.experiment_lines import experiment_line, experiment_sheet

_Name = Annotated[str, Path(description="Its name.", min_length=1)]


class FigureRows(Shown):
    """Lines of a list; amounts and figures are decimals in text."""

    items: list[dict[str, Any]]


class ExperimentShown(Shown):
    """How an experiment stands, and in a sentence whether one may conclude."""

    name: str
    sentence: str
    may_conclude: bool


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
