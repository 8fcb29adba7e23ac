"""The reports of ageing and DSO: sums by PostgreSQL, formulas by the domain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Engine, RowMapping, text

from activities.ports.stores.reports import AgeingRow, DsoRow, Period, ReportScope
from adapters.ledger.reports.standing import DAY_ENDS, STANDING, standing, standing_on
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

_BUCKET = "width_bucket(CAST(:on AS date) - due, CAST(:starts AS int[]))"

# What speaks for a customer is taken off its oldest invoices first, and never more than they owe.
_AGEING = text(f"""
WITH {DAY_ENDS}, {STANDING}, lies AS (
  SELECT p.creditor, p.customer, p.currency, p.amount - coalesce(q.minor, 0)
         - coalesce((SELECT sum(r.amount) FROM payment_refund r WHERE r.creditor = p.creditor
                     AND r.source = p.source AND r.id = p.id AND r.at < e.cutoff), 0) AS minor
  FROM payment p JOIN account a USING (creditor, customer) JOIN ends e USING (zone)
  LEFT JOIN (
    SELECT creditor, source, id, sum(amount) AS minor FROM payment_part
    WHERE :creditor = '' OR creditor = :creditor GROUP BY 1, 2, 3
  ) q USING (creditor, source, id)
  WHERE p.at < e.cutoff AND (:creditor = '' OR p.creditor = :creditor)
    AND (:currency = '' OR p.currency = :currency) AND p.amount > coalesce(q.minor, 0)
  UNION ALL
  SELECT creditor, customer, currency, spare FROM standing WHERE spare > 0
), favour AS (
  SELECT creditor, customer, currency, sum(minor) AS minor FROM lies
  WHERE minor > 0 GROUP BY 1, 2, 3
), line AS (
  SELECT creditor, currency, {_BUCKET} AS bucket,
         CASE WHEN is_whole THEN '' ELSE case_id END AS apart,
         count(*) AS invoices, sum(open) AS open, sum(disputed) AS disputed,
         coalesce(sum(open) FILTER (WHERE with_agency), 0) AS with_agency
  FROM standing WHERE open > 0 AND NOT withdrawn GROUP BY 1, 2, 3, 4
), balanced AS (
  SELECT v.creditor, v.currency, s.due, v.minor AS favour, s.open,
         sum(s.open) OVER (PARTITION BY v.creditor, v.customer, v.currency
                           ORDER BY s.due, s.case_id) - s.open AS before
  FROM favour v, LATERAL ({standing("f.customer = v.customer AND f.creditor = v.creditor")}) s
  WHERE s.currency = v.currency AND s.open > 0 AND NOT s.withdrawn
), in_favour AS (
  SELECT creditor, currency, {_BUCKET} AS bucket,
         sum(greatest(0, least(open, favour - before))) AS minor
  FROM balanced GROUP BY 1, 2, 3
)
SELECT creditor, currency, bucket,
       sum(CASE WHEN apart = '' THEN invoices ELSE 1 END) AS invoices, sum(open) AS open,
       sum(disputed) AS disputed, sum(with_agency) AS with_agency,
       coalesce(min(f.minor), 0) AS in_favour
FROM line LEFT JOIN in_favour f USING (creditor, currency, bucket)
GROUP BY 1, 2, 3
""")  # noqa: S608 - put together from constants alone

_EMPTY: _Figures = {"invoices": 0, "open": 0, "disputed": 0, "with_agency": 0, "in_favour": 0}

# Asked once of each day: what was sold on it, and what is owed of that.
_SALES = text(f"""
WITH {STANDING}
SELECT creditor, currency, issued, sum(amount - credited) AS minor, sum(open) AS total,
       coalesce(sum(open) FILTER (WHERE due >= :on), 0) AS current
FROM standing WHERE NOT withdrawn GROUP BY 1, 2, 3
""")  # noqa: S608 - put together from constants alone


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
    with standing_on(engine, scope) as (connection, given):
        asked = given | {"starts": list(buckets.starts)}
        rows = connection.execute(_AGEING, asked).mappings().all()
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
    now = _sums(engine, scope)
    before = _sums(engine, replace(scope, on=period.first - timedelta(days=1)))
    after = now if period.last == scope.on else _sums(engine, replace(scope, on=period.last))
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
        invoices=int(row["invoices"]),
        open=Money(int(row["open"]), currency),
        share=percent(int(row["open"]), whole),
        disputed=Money(int(row["disputed"]), currency),
        with_agency=Money(int(row["with_agency"]), currency),
        in_favour=Money(int(row["in_favour"]), currency),
        net=Money(int(row["open"] - row["in_favour"]), currency),
    )


def _sums(engine: Engine, scope: ReportScope) -> _Standing:
    total: dict[_Key, int] = defaultdict(int)
    current: dict[_Key, int] = defaultdict(int)
    sales: dict[_Key, dict[date, int]] = defaultdict(dict)
    with standing_on(engine, scope) as (connection, given):
        for row in connection.execute(_SALES, given):
            key = row.creditor, row.currency
            total[key] += int(row.total)
            current[key] += int(row.current)
            sales[key][row.issued] = int(row.minor)
    return _Standing(total=total, current=current, sales=sales)


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
