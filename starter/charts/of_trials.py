"""An experiment's arms as a chart: each measure has a scale of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from starter.charts.chart import Bar, Chart, Panel
from starter.charts.words import TERMINAL_WORDS, ChartWords
from starter.views.experiment_lines import ExperimentRow


def experiment_chart(rows: Sequence[ExperimentRow], words: ChartWords = TERMINAL_WORDS) -> Chart:
    """Draw each measure of both arms."""
    panels = tuple(Panel(words.gettext(row.measure), tuple(_bars(row, words))) for row in rows)
    title = words.gettext("Champion and challenger")
    return Chart(title, rows[0].said if rows else "", (words.gettext("mean"),), panels)


def _bars(row: ExperimentRow, words: ChartWords) -> Iterator[Bar]:
    for name, told in (("champion", row.champion), ("challenger", row.challenger)):
        text = told or words.gettext("not known yet")
        yield Bar(words.said(name), (int(Decimal(told or 0) * 1000),), text)
