"""Compares what each step, channel, hour and tone was followed by with the others of its kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from activities.ports.stores.reports import BenchmarkCount, BenchmarkRow
from domain.history.benchmarks import against_others, chance_in_words

_TENTH = Decimal("0.1")


def compared(counts: Sequence[BenchmarkCount]) -> tuple[BenchmarkRow, ...]:
    """Compare each with all others of its creditor, currency and kind."""
    tried, paid = defaultdict[tuple[str, ...], int](int), defaultdict[tuple[str, ...], int](int)
    for one in counts:
        tried[_group(one)] += one.tried
        paid[_group(one)] += one.paid
    return tuple(_row(one, tried[_group(one)], paid[_group(one)]) for one in counts)


def _group(one: BenchmarkCount) -> tuple[str, ...]:
    return (one.creditor, one.currency, one.kind)


def _row(one: BenchmarkCount, all_tried: int, all_paid: int) -> BenchmarkRow:
    found, others = against_others(one.tried, one.paid, all_tried, all_paid), all_tried - one.tried
    return BenchmarkRow(
        creditor=one.creditor,
        currency=one.currency,
        kind=one.kind,
        value=one.value,
        tried=one.tried,
        paid=one.paid,
        recovered=one.recovered,
        share=_percent(Decimal(one.paid) / one.tried) or Decimal(0),
        difference=_percent(found.difference) if others else None,
        low=_percent(found.low),
        high=_percent(found.high),
        chance=chance_in_words(found, others),
    )


def _percent(share: Decimal | None) -> Decimal | None:
    return None if share is None else (share * 100).quantize(_TENTH)
