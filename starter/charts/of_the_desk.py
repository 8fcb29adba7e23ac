"""The figures of a desk as charts: reasons, people's work, what left and what came back."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from activities.ports.stores.console.figures import ReasonRow, SentRow, WorkRow
from starter.charts.chart import Bar, Chart, Panel
from starter.charts.words import ChartWords

WORK = ("calls", "agreements", "disputes", "other", "tasks", "notes")


def reasons_chart(rows: Sequence[ReasonRow], days: str, words: ChartWords) -> Chart:
    """Draw of how many invoices each reason was said."""
    together = groupby(rows, key=lambda row: row.currency)
    panels = tuple(
        Panel(currency, tuple(_reason(row, words) for row in some)) for currency, some in together
    )
    return Chart(words.gettext("Why they are late"), days, (words.said("invoices"),), panels)


def work_chart(rows: Sequence[WorkRow], days: str, words: ChartWords) -> Chart:
    """Draw what each person did."""
    bars = tuple(_worked(row, words) for row in rows)
    panels = (Panel(words.gettext("Everybody"), bars),)
    return Chart(words.gettext("Collectors' work"), days, words.all_said(WORK), panels)


def contacts_chart(rows: Sequence[SentRow], days: str, words: ChartWords) -> Chart:
    """Draw what left by step, and what is known of its arrival."""
    _ = words.gettext
    legend = (_("opened"), _("delivered"), _("nothing heard"), _("came back"))
    together = groupby(rows, key=lambda row: row.channel)
    panels = tuple(
        Panel(words.said(channel), tuple(_arrived(row, words) for row in some))
        for channel, some in together
    )
    return Chart(_("What left, what came back"), days, legend, panels)


def _reason(row: ReasonRow, words: ChartWords) -> Bar:
    money = words.money(row.invoiced)
    return Bar(words.said(row.reason), (row.invoices,), f"{row.invoices}", money)


def _worked(row: WorkRow, words: ChartWords) -> Bar:
    parts = tuple(int(getattr(row, name)) for name in WORK)
    return Bar(row.person, parts, f"{row.customers} {words.said('customers')}")


def _arrived(row: SentRow, words: ChartWords) -> Bar:
    known = max(row.delivered - row.opened, 0)
    unheard = max(row.left - row.opened - known - row.failed, 0)
    parts = (row.opened, known, unheard, row.failed)
    told = words.gettext("%(left)s left, %(answered)s answered")
    text = told % {"left": row.left, "answered": row.answered}
    return Bar(words.said(row.step), parts, text)
