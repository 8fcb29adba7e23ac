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

FATES = ("kept", "late", "part", "broken", "running", "replaced")


def ageing_chart(rows: Sequence[AgeingRow], day: str) -> Chart:
    """Draw open money by how long it is overdue."""
    panels = _panels(rows, lambda some: map(_aged, some))
    return Chart("Ageing", day, ("free to chase", "disputed", "with agency"), panels)


def dso_chart(rows: Sequence[DsoRow], day: str) -> Chart:
    """Draw three ways of computing how long money takes."""
    return Chart("Days sales outstanding", day, ("days",), _panels(rows, _days))


def promises_chart(rows: Sequence[PromiseRow], day: str) -> Chart:
    """Draw what became of the promises, by who recorded them."""
    return Chart("Promises to pay", day, FATES, _panels(rows, lambda some: map(_promised, some)))


def recovery_chart(rows: Sequence[RecoveryRow], day: str) -> Chart:
    """Draw the money by the step that brought it."""
    return Chart("Recovered by step", day, ("money",), _panels(rows, _steps))


def benchmarks_chart(rows: Sequence[BenchmarkRow], day: str) -> Chart:
    """Draw the percent that paid after each step, channel, hour and tone."""
    panels = _panels(rows, lambda some: map(_benchmark, some))
    return Chart("What works here", day, ("percent that paid",), panels)


def forecast_chart(rows: Sequence[ForecastRow], day: str) -> Chart:
    """Draw the money that is expected week by week, with its band in words."""
    legend = ("agreed", "by habit")
    return Chart("Expected money", day, legend, _panels(rows, lambda some: map(_expected, some)))


def _panels(rows: Sequence[Any], bars: Callable[[list[Any]], Iterable[Bar]]) -> tuple[Panel, ...]:
    together = groupby(rows, key=lambda row: (row.creditor, row.currency))
    return tuple(Panel(" · ".join(key), tuple(bars(list(some)))) for key, some in together)


def _benchmark(row: BenchmarkRow) -> Bar:
    return Bar(f"{row.kind} {row.value}", (int(row.share),), f"{row.share} %", row.chance)


def _aged(row: AgeingRow) -> Bar:
    free = row.open.minor - row.disputed.minor - row.with_agency.minor
    parts = (max(0, free), row.disputed.minor, min(row.with_agency.minor, row.open.minor))
    over = max(0, sum(parts) - row.open.minor)
    return Bar(row.bucket, (parts[0], parts[1], parts[2] - over), _read(row.open), f"{row.share} %")


def _expected(row: ForecastRow) -> Bar:
    agreed = row.agreed.minor if row.agreed else 0
    band = f"{_read(row.low)} to {_read(row.high)}" if row.low and row.high else ""
    name = f"{row.first}" if row.first else row.kind.replace("_", " ")
    return Bar(name, (agreed, row.expected.minor - agreed), _read(row.expected), band)


def _days(rows: Iterable[DsoRow]) -> Iterable[Bar]:
    for row in rows:
        least = "" if row.dso_complete else "at least "
        yield Bar("countback", (row.dso,), f"{least}{row.dso} days")
        for name, days in (("simple", row.dso_simple), ("best possible", row.best_possible)):
            yield Bar(name, (days or 0,), "no sales" if days is None else f"{days} days")


def _promised(row: PromiseRow) -> Bar:
    rate = "" if row.kept_percent is None else f"{row.kept_percent} %"
    parts = tuple(int(getattr(row, fate)) for fate in FATES)
    return Bar(row.collector or "nobody named", parts, f"{row.made:,} made", rate)


def _steps(rows: Sequence[RecoveryRow]) -> Iterable[Bar]:
    sums: dict[str, Money] = {}
    for row in rows:
        name = row.step or "before any step"
        sums[name] = sums[name] + row.recovered if name in sums else row.recovered
    for name, money in sorted(sums.items(), key=lambda one: -one[1].minor):
        yield Bar(name, (money.minor,), _read(money))


def _read(money: Money) -> str:
    return f"{money.decimal:,}"
