"""An experiment's arms as a chart: each measure has a scale of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from starter.charts.chart import Bar, Chart, Panel
from starter.views.experiment_lines import ExperimentRow


def experiment_chart(rows: Sequence[ExperimentRow]) -> Chart:
    """Draw each measure of both arms."""
    panels = tuple(Panel(row.measure, tuple(_bars(row))) for row in rows)
    return Chart("Champion and challenger", rows[0].said if rows else "", ("mean",), panels)


def _bars(row: ExperimentRow) -> Iterator[Bar]:
    for name, told in (("champion", row.champion), ("challenger", row.challenger)):
        yield Bar(name, (int(Decimal(told or 0) * 1000),), told or "not known yet")
