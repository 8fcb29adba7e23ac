"""The figures of a desk as charts: reasons, people's work, what left and what came back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from activities.ports.stores.console.figures import ReasonRow, SentRow, WorkRow
from starter.charts.chart import Bar, Chart, Panel

SaidAs = Callable[[object], str]
"""How codes are said."""


def reasons_chart(rows: Sequence[ReasonRow], days: str, words: SaidAs) -> Chart:
    """Draw of how many invoices each reason was said."""
    together = groupby(rows, key=lambda row: row.currency)
    panels = tuple(
        Panel(currency, tuple(_reason(row, words) for row in some)) for currency, some in together
    )
    return Chart("Reasons for being late", days, ("invoices",), panels)


def work_chart(rows: Sequence[WorkRow], days: str, _: SaidAs) -> Chart:
    """Draw what each person did."""
    legend = ("calls", "agreements", "disputes", "other", "tasks", "notes")
    bars = tuple(_worked(row, legend) for row in rows)
    return Chart("Collectors' work", days, legend, (Panel("Everybody", bars),))


def contacts_chart(rows: Sequence[SentRow], days: str, words: SaidAs) -> Chart:
    """Draw what left by step, and what is known of its arrival."""
    legend = ("opened", "delivered", "unheard", "came back")
    together = groupby(rows, key=lambda row: row.channel)
    panels = tuple(
        Panel(words(channel), tuple(_arrived(row, words) for row in some))
        for channel, some in together
    )
    return Chart("Sent, and what came of it", days, legend, panels)


def _reason(row: ReasonRow, words: SaidAs) -> Bar:
    text = f"{row.invoiced.decimal:,}"
    return Bar(words(row.reason), (row.invoices,), f"{row.invoices}", text)


def _worked(row: WorkRow, legend: Sequence[str]) -> Bar:
    parts = tuple(int(getattr(row, name)) for name in legend)
    return Bar(row.person, parts, f"{row.customers} customers")


def _arrived(row: SentRow, words: SaidAs) -> Bar:
    known = max(row.delivered - row.opened, 0)
    unheard = max(row.left - row.opened - known - row.failed, 0)
    parts = (row.opened, known, unheard, row.failed)
    return Bar(words(row.step), parts, f"{row.left} left, {row.answered} answered")
