"""The noun `experiment`: two policies side by side on new cases."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from activities.services.experiments.experiments import ExperimentService
from adapters.runtime.machine import machine_clock
from adapters.wiring.advice.experiments import experiment_service
from domain.experiments.arms import Arm
from starter.application import open_application
from starter.cli import options as o
from starter.cli.output import say, show_one, show_rows
from starter.views.experiment_lines import experiment_line, experiment_sheet

app = typer.Typer(
    help="Two policies side by side on new cases: start, list, show, stop.", no_args_is_help=True
)
_COLUMNS = ("name", "champion", "challenger", "started_at", "ended_at", "kept")
_MEASURES = ("measure", "champion", "challenger", "difference", "low", "high")
_Name = Annotated[str, typer.Argument(metavar="NAME", help="The experiment; the newest if empty.")]


class Keep(StrEnum):
    """Which policy new cases follow after an experiment."""

    CHAMPION = "champion"
    CHALLENGER = "challenger"
    NEITHER = "neither"


def _service() -> ExperimentService:
    return experiment_service(open_application().engine, machine_clock)


@app.command()
def start(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name of your own.")],
    *,
    challenger: Annotated[str, typer.Option(help="The policy to try: a file or a shipped name.")],
    champion: Annotated[
        str, typer.Option(help="The policy to beat; what new cases follow unless given.")
    ] = "",
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Try a policy on half of the customers with new invoices.

    Example: amicable experiment start gentler --challenger any_hour --creditor acme
    """
    known = o.policy_option(champion) if champion else None
    wanted = o.policy_option(challenger)
    begun = _service().start(creditor, name, wanted, o.somebody(by), known)
    show_one(experiment_line(begun), output)


@app.command("list")
def list_(*, creditor: o.Creditor = o.CREDITOR, output: o.Output = o.OUTPUT) -> None:
    """List experiments, newest first.

    Example: amicable experiment list --creditor acme
    """
    rows = [experiment_line(one) for one in _service().every(creditor)]
    show_rows(rows, output, _COLUMNS, "No policy was tried yet.")


@app.command()
def show(
    name: _Name = "", *, creditor: o.Creditor = o.CREDITOR, output: o.Output = o.OUTPUT
) -> None:
    """Show how an experiment stands, and whether one may conclude; look as often as you like.

    Example: amicable experiment show gentler --creditor acme -o json
    """
    sheet = experiment_sheet(_service().report(creditor, name))
    if output is not o.OUTPUT:
        show_one(sheet, output)
        return
    show_rows(sheet["measures"], output, _MEASURES)
    for arm in sheet["arms"]:
        money = ", ".join(arm["money"]) or "no money"
        say(f"{arm['arm']}: {arm['customers']} customers, {arm['known']} known, {money}")
    say(sheet["sentence"])


@app.command()
def stop(
    name: _Name = "",
    *,
    keep: Annotated[Keep, typer.Option(help="Whose policy new cases follow from now on.")],
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """End an experiment, and keep the policy of one arm, or what was chosen before.

    Example: amicable experiment stop gentler --keep challenger --creditor acme
    """
    arm = None if keep is Keep.NEITHER else Arm(keep.value)
    show_one(experiment_line(_service().stop(creditor, name, arm, o.somebody(by))), output)
