"""The reports of ageing and DSO: sums by PostgreSQL, formulas by the domain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, text

from activities.ports.stores.reports import AgeingRow, DsoRow, Period, ReportScope
from adapters.ledger.reports.standing import ends, standing_on
from domain.history.reports import (
    AgeingBuckets,
    Countback,
    Sales,
    collection_effectiveness,
    countback,
    months_back,
    percent,
    simple_dso,
)
from domain.money import Money

_Key = tuple[str, str]
"""Creditor and currency: nothing is ever added up over two of either."""

_Figures = RowMapping | Mapping[str, Any]

# What speaks for a customer is taken off its oldest invoices first, and never more than they owe.
_AGEING = text("""
WITH ends AS (
  SELECT * FROM unnest(CAST(:zones AS text[]), CAST(:cutoffs AS timestamptz[])) AS e(zone, cutoff)
), lies AS (
  SELECT p.creditor, p.customer, p.currency, p.amount
         - coalesce((SELECT sum(q.amount) FROM payment_part q WHERE q.creditor = p.creditor
                     AND q.source = p.source AND q.id = p.id), 0)
         - coalesce((SELECT sum(r.amount) FROM payment_refund r WHERE r.creditor = p.creditor
                     AND r.source = p.source AND r.id = p.id AND r.at < e.cutoff), 0) AS minor
  FROM payment p JOIN account a USING (creditor, customer) JOIN ends e USING (zone)
  WHERE p.at < e.cutoff AND (:creditor = '' OR p.creditor = :creditor)
    AND (:currency = '' OR p.currency = :currency)
  UNION ALL
  SELECT f.creditor, f.customer, f.currency, s.spare
  FROM standing s JOIN case_file f USING (case_id) WHERE s.spare > 0
), favour AS (
  SELECT creditor, customer, currency, sum(minor) AS minor FROM lies
  WHERE minor > 0 GROUP BY 1, 2, 3
), owed AS (
  SELECT s.*, sum(s.open) OVER (PARTITION BY f.creditor, f.customer, f.currency
                                ORDER BY s.due, s.case_id) - s.open AS before, v.minor AS favour
  FROM standing s JOIN case_file f USING (case_id)
  LEFT JOIN favour v ON v.creditor = f.creditor AND v.customer = f.customer
    AND v.currency = f.currency
  WHERE s.open > 0 AND NOT s.withdrawn
)
SELECT creditor, currency, width_bucket(CAST(:on AS date) - due, CAST(:starts AS int[])) AS bucket,
       count(DISTINCT case_id) AS invoices, sum(open) AS open, sum(disputed) AS disputed,
       coalesce(sum(open) FILTER (WHERE with_agency), 0) AS with_agency,
       sum(greatest(0, least(open, coalesce(favour, 0) - before))) AS in_favour
FROM owed
GROUP BY 1, 2, 3
""")

_EMPTY: _Figures = {"invoices": 0, "open": 0, "disputed": 0, "with_agency": 0, "in_favour": 0}

_RECEIVABLES = text("""
SELECT creditor, currency, sum(open) AS total,
       coalesce(sum(open) FILTER (WHERE due >= :on), 0) AS current
FROM standing WHERE NOT withdrawn GROUP BY 1, 2
""")

_SALES = text("""
SELECT creditor, currency, issued, sum(amount - credited) AS minor
FROM standing WHERE NOT withdrawn GROUP BY 1, 2, 3
""")


@dataclass(frozen=True, slots=True)
class _Standing:
    """What the figures of one day are made of, per creditor and currency."""

    total: Mapping[_Key, int]
    current: Mapping[_Key, int]
    sales: Mapping[_Key, Mapping[date, int]]

    def sold(self, key: _Key, period: Period) -> int:
        days = self.sales.get(key, {})
        return sum(sum_ for day, sum_ in days.items() if period.first <= day <= period.last)


def ageing(engine: Engine, scope: ReportScope, buckets: AgeingBuckets) -> tuple[AgeingRow, ...]:
    """Add up open money by how long it is overdue, at the end of a day."""
    given = {"on": scope.on, "starts": list(buckets.starts)}
    given |= {"creditor": scope.creditor, "currency": scope.currency}
    with standing_on(engine, scope) as connection:
        over = ends(connection, scope.on)
        given |= {"zones": list(over), "cutoffs": list(over.values())}
        rows = connection.execute(_AGEING, given).mappings().all()
    found = {(row["creditor"], row["currency"], row["bucket"]): row for row in rows}
    whole: dict[_Key, int] = defaultdict(int)
    for row in rows:
        whole[row["creditor"], row["currency"]] += int(row["open"])
    return tuple(
        _aged(key, name, found.get((*key, number), _EMPTY), whole[key])
        for key in sorted(whole)
        for number, name in enumerate(buckets.names)
    )


def dso(engine: Engine, scope: ReportScope, days: int, period: Period) -> tuple[DsoRow, ...]:
    """Compute how long money takes to come at the end of a day, and what a period collected.

    The simple formulas divide by the sales of so many ``days`` up to the scope's day; the period
    is that of the CEI.
    """
    now = _standing(engine, scope)
    before = _standing(engine, replace(scope, on=period.first - timedelta(days=1)))
    after = now if period.last == scope.on else _standing(engine, replace(scope, on=period.last))
    last = Period(first=scope.on - timedelta(days=days - 1), last=scope.on)
    return tuple(
        _dso_row(key, now, last, _cei(key, before, after, period)) for key in sorted(now.total)
    )


def _aged(key: _Key, name: str, row: _Figures, whole: int) -> AgeingRow:
    creditor, currency = key
    return AgeingRow(
        creditor=creditor,
        currency=currency,
        bucket=name,
        invoices=row["invoices"],
        open=Money(int(row["open"]), currency),
        share=percent(int(row["open"]), whole),
        disputed=Money(int(row["disputed"]), currency),
        with_agency=Money(int(row["with_agency"]), currency),
        in_favour=Money(int(row["in_favour"]), currency),
        net=Money(int(row["open"] - row["in_favour"]), currency),
    )


def _standing(engine: Engine, scope: ReportScope) -> _Standing:
    with standing_on(engine, scope) as connection:
        rows = connection.execute(_RECEIVABLES, {"on": scope.on}).all()
        sales = _sales(connection)
    return _Standing(
        total={(row.creditor, row.currency): int(row.total) for row in rows},
        current={(row.creditor, row.currency): int(row.current) for row in rows},
        sales=sales,
    )


def _sales(connection: Connection) -> Mapping[_Key, Mapping[date, int]]:
    days: dict[_Key, dict[date, int]] = defaultdict(dict)
    for row in connection.execute(_SALES):
        days[row.creditor, row.currency][row.issued] = int(row.minor)
    return days


def _dso_row(key: _Key, now: _Standing, last: Period, cei: Decimal | None) -> DsoRow:
    total, current, sold = now.total[key], now.current[key], now.sold(key, last)
    days = (last.last - last.first).days + 1
    counted = _countback(total, now.sales.get(key, {}), last.last)
    simple, best = simple_dso(total, sold, days), simple_dso(current, sold, days)
    return DsoRow(
        creditor=key[0],
        currency=key[1],
        receivables=Money(total, key[1]),
        overdue=Money(total - current, key[1]),
        sales=Money(sold, key[1]),
        dso=counted.days,
        dso_complete=counted.complete,
        dso_simple=simple,
        best_possible=best,
        delinquent=None if simple is None or best is None else simple - best,
        cei=cei,
    )


def _countback(receivables: int, sales: Mapping[date, int], on: date) -> Countback:
    months: dict[date, int] = defaultdict(int)
    for day, minor in sales.items():
        months[day.replace(day=1)] += minor
    back = months_back(on, min(sales, default=on))
    return countback(receivables, [Sales(minor=months[first], days=days) for first, days in back])


def _cei(key: _Key, before: _Standing, after: _Standing, period: Period) -> Decimal | None:
    return collection_effectiveness(
        beginning=before.total.get(key, 0),
        sales=after.sold(key, period),
        ending=after.total.get(key, 0),
        ending_current=after.current.get(key, 0),
    )
