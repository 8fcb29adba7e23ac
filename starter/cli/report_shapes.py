"""What reports show: the fields that programs may rely on, and the columns that people read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from decimal import Decimal
from itertools import groupby
from typing import Any

from adapters.ledger.reports.views import AgeingRow
from domain.money import Money

AGEING_COLUMNS = (
    *("creditor", "currency", "bucket", "invoices"),
    *("open", "share", "disputed", "with_agency"),
)
DSO_COLUMNS = (
    *("creditor", "currency", "receivables", "overdue", "sales", "dso", "dso_complete"),
    *("dso_simple", "best_possible", "delinquent", "cei"),
)
PROMISE_COLUMNS = (
    *("creditor", "currency", "collector", "made"),
    *("kept", "late", "part", "broken", "replaced", "running", "kept_percent"),
)
RECOVERY_COLUMNS = (
    *("creditor", "currency", "step", "do", "customer_class"),
    *("recovered", "cases", "settled", "days_median", "days_mean"),
)


def lines(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """The rows as lines of a list; decimals are strings, and what is unnamed is null."""
    return [{field.name: _plain(getattr(row, field.name)) for field in fields(row)} for row in rows]


def with_totals(rows: Sequence[AgeingRow]) -> Iterator[dict[str, Any]]:
    """The lines of an ageing with a total for each creditor and currency: for people only."""
    for _, some in groupby(rows, key=lambda row: (row.creditor, row.currency)):
        found = list(some)
        yield from lines(found)
        yield {
            "bucket": "total",
            "invoices": sum(row.invoices for row in found),
            "open": _sum([row.open for row in found]),
            "disputed": _sum([row.disputed for row in found]),
            "with_agency": _sum([row.with_agency for row in found]),
        }


def _sum(amounts: list[Money]) -> Money:
    return Money(sum(amount.minor for amount in amounts), amounts[0].currency)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    return None if value == "" else value
