"""Shows experiments with policies, for commands, gateway and console."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from activities.ports.experiments.store import Experiment
from activities.services.experiments.experiments import ExperimentReport, MeasureLine
from domain.experiments.arms import Arm

_DIGITS = Decimal("0.001")


def experiment_line(one: Experiment) -> dict[str, Any]:
    """Show an experiment as a line of a list."""
    return {
        "name": one.id,
        "champion": one.champion.name,
        "challenger": one.challenger.name,
        "started_at": one.started_at,
        "by": one.by,
        "ended_at": one.ended_at,
        "kept": one.kept or None,
    }


def experiment_sheet(found: ExperimentReport) -> dict[str, Any]:
    """Show how an experiment stands."""
    return {
        **experiment_line(found.experiment),
        "sentence": found.sentence,
        "may_conclude": found.first.comparison.verdict.value in tuple(Arm),
        "verdict": found.first.comparison.verdict,
        "arms": [
            {
                "arm": arm,
                "customers": found.customers[arm],
                "known": found.known[arm],
                "money": [str(money) for money in found.money[arm]],
            }
            for arm in Arm
        ],
        "measures": [measure_line(line) for line in found.lines],
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class ExperimentRow:
    """One measure of both arms as a row; ``said`` is the sentence, beside the first alone."""

    measure: str
    champion: str | None
    challenger: str | None
    difference: str | None
    low: str | None
    high: str | None
    said: str


def experiment_rows(found: ExperimentReport) -> tuple[ExperimentRow, ...]:
    """Show how an experiment stands as rows, and in words whether one may conclude."""
    many = (f"{arm}: {found.customers[arm]} customers, {found.known[arm]} known" for arm in Arm)
    words = f"{found.experiment.id}: {found.sentence} {'; '.join(many)}."
    return tuple(
        ExperimentRow(**measure_line(line), said="" if at else words)
        for at, line in enumerate(found.lines)
    )


def measure_line(line: MeasureLine) -> dict[str, Any]:
    """Show one measure of both arms; a figure that cannot be told is null."""
    found = line.comparison
    return {
        "measure": line.measure,
        "champion": _figure(line.champion.mean) if line.champion.count else None,
        "challenger": _figure(line.challenger.mean) if line.challenger.count else None,
        "difference": _figure(found.difference) if found.low is not None else None,
        "low": _figure(found.low),
        "high": _figure(found.high),
    }


def _figure(value: Decimal | None) -> str | None:
    return None if value is None else str(value.quantize(_DIGITS))
