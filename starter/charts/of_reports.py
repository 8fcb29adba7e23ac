"""The reports' rows as charts: one panel per creditor and currency, never a sum over two."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Any

from activities.ports.stores.reports import (
    AgeingRow,
    BenchmarkRow,
    DsoRow,
    ForecastRow,
    PromiseRow,
    RecoveryRow,
)
from domain.money import Money
from starter.charts.chart import Bar, Chart, Panel
from starter.charts.words import TERMINAL_WORDS, ChartWords

FATES = ("kept", "late", "part", "broken", "running", "replaced")


def ageing_chart(rows: Sequence[AgeingRow], day: str, words: ChartWords = TERMINAL_WORDS) -> Chart:
    """Draw open money by how long it is overdue."""
    legend = (words.gettext("free to chase"), *words.all_said(("disputed", "with_agency")))
    panels = _panels(rows, lambda some: (_aged(row, words) for row in some), words)
    return Chart(words.gettext("Ageing"), day, legend, panels)


def dso_chart(rows: Sequence[DsoRow], day: str, words: ChartWords = TERMINAL_WORDS) -> Chart:
    """Draw three ways of computing how long money takes."""
    panels = _panels(rows, lambda some: _days(some, words), words)
    return Chart(words.gettext("Days sales outstanding"), day, (words.gettext("days"),), panels)


def promises_chart(
    rows: Sequence[PromiseRow], day: str, words: ChartWords = TERMINAL_WORDS
) -> Chart:
    """Draw what became of the promises, by who recorded them."""
    panels = _panels(rows, lambda some: (_promised(row, words) for row in some), words)
    return Chart(words.gettext("Promises to pay"), day, words.all_said(FATES), panels)


def recovery_chart(
    rows: Sequence[RecoveryRow], day: str, words: ChartWords = TERMINAL_WORDS
) -> Chart:
    """Draw the money by the step that brought it."""
    panels = _panels(rows, lambda some: _steps(some, words), words)
    return Chart(words.gettext("Recovered by step"), day, (words.gettext("money"),), panels)


def benchmarks_chart(
    rows: Sequence[BenchmarkRow], day: str, words: ChartWords = TERMINAL_WORDS
) -> Chart:
    """Draw the percent that paid after each step, channel, hour and tone."""
    panels = _panels(rows, lambda some: (_benchmark(row, words) for row in some), words)
    legend = (words.gettext("percent that paid"),)
    return Chart(words.gettext("What works here"), day, legend, panels)


def forecast_chart(
    rows: Sequence[ForecastRow], day: str, words: ChartWords = TERMINAL_WORDS
) -> Chart:
    """Draw the money that is expected week by week, with its band in words."""
    legend = (words.gettext("agreed"), words.gettext("by habit"))
    panels = _panels(rows, lambda some: (_expected(row, words) for row in some), words)
    return Chart(words.gettext("Expected money"), day, legend, panels)


def _panels(
    rows: Sequence[Any], bars: Callable[[list[Any]], Iterable[Bar]], words: ChartWords
) -> tuple[Panel, ...]:
    together = groupby(rows, key=lambda row: (row.creditor, row.currency))
    named = ((key[1:] if words.of_one else key, list(some)) for key, some in together)
    return tuple(Panel(" · ".join(key), tuple(bars(some))) for key, some in named)


def _benchmark(row: BenchmarkRow, words: ChartWords) -> Bar:
    told = words.gettext("%(paid)s of %(tried)s") % {"paid": row.paid, "tried": row.tried}
    name = f"{words.said(row.kind)} {words.said(row.value)}"
    return Bar(name, (int(row.share),), f"{row.share} %", told)


def _aged(row: AgeingRow, words: ChartWords) -> Bar:
    free = row.open.minor - row.disputed.minor - row.with_agency.minor
    parts = (max(0, free), row.disputed.minor, min(row.with_agency.minor, row.open.minor))
    shown = (*parts[:2], parts[2] - max(0, sum(parts) - row.open.minor))
    return Bar(bucket_in_words(row.bucket, words), shown, words.money(row.open), f"{row.share} %")


def bucket_in_words(bucket: str, words: ChartWords = TERMINAL_WORDS) -> str:
    """Say how long money of a range is late: what is not due yet, or so many days."""
    if not any(sign.isdigit() for sign in bucket):
        return words.gettext("not due")
    return words.gettext("%(days)s days") % {"days": bucket}


def _expected(row: ForecastRow, words: ChartWords) -> Bar:
    agreed = row.agreed.minor if row.agreed else 0
    band = words.gettext("%(low)s to %(high)s") if row.low and row.high else ""
    if row.low and row.high:
        band %= {"low": words.money(row.low), "high": words.money(row.high)}
    name = f"{row.first}" if row.first else words.said(row.kind)
    return Bar(name, (agreed, row.expected.minor - agreed), words.money(row.expected), band)


def _days(rows: Iterable[DsoRow], words: ChartWords) -> Iterable[Bar]:
    _ = words.gettext
    for row in rows:
        told = _("%(days)s days") if row.dso_complete else _("at least %(days)s days")
        yield Bar(_("countback"), (row.dso,), told % {"days": row.dso})
        for name, days in ((_("simple"), row.dso_simple), (_("best possible"), row.best_possible)):
            text = _("no sales") if days is None else _("%(days)s days") % {"days": days}
            yield Bar(name, (days or 0,), text)


def _promised(row: PromiseRow, words: ChartWords) -> Bar:
    rate = "" if row.kept_percent is None else f"{row.kept_percent} %"
    parts = tuple(int(getattr(row, fate)) for fate in FATES)
    made = words.gettext("%(n)s made") % {"n": f"{row.made:,}"}
    return Bar(row.collector or words.gettext("nobody named"), parts, made, rate)


def _steps(rows: Sequence[RecoveryRow], words: ChartWords) -> Iterable[Bar]:
    sums: dict[str, Money] = {}
    for row in rows:
        sums[row.step] = sums[row.step] + row.recovered if row.step in sums else row.recovered
    for step, money in sorted(sums.items(), key=lambda one: -one[1].minor):
        name = words.said(step) if step else words.gettext("before any step")
        yield Bar(name, (money.minor,), words.money(money))
