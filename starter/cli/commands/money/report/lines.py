"""The reports' rows as lines of a list, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from decimal import Decimal
from itertools import groupby
from typing import Any

from activities.ports.stores.reports import AgeingRow
from domain.money import Money


def report_lines(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Write the rows as lines of a list; decimals are strings, and what is unnamed is null."""
    return [{field.name: _plain(getattr(row, field.name)) for field in fields(row)} for row in rows]


def with_totals(rows: Sequence[AgeingRow]) -> Iterator[dict[str, Any]]:
    """Add to the lines of an ageing a total for each creditor and currency, for people only."""
    for _, some in groupby(rows, key=lambda row: (row.creditor, row.currency)):
        found = list(some)
        yield from report_lines(found)
        yield {
            "bucket": "total",
            "invoices": sum(row.invoices for row in found),
            "open": _sum([row.open for row in found]),
            "disputed": _sum([row.disputed for row in found]),
            "with_agency": _sum([row.with_agency for row in found]),
            "in_favour": _sum([row.in_favour for row in found]),
            "net": _sum([row.net for row in found]),
        }


def _sum(amounts: list[Money]) -> Money:
    return Money(sum(amount.minor for amount in amounts), amounts[0].currency)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    return None if value == "" else value
