"""The report of recovery: which step was the last before money came, and how long it took."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Engine, text

from activities.ports.stores.reports import Period, RecoveryRow
from adapters.ledger.core.engine import reading
from adapters.ledger.reports.standing import ends
from domain.message_types import REACHED, STEP_DEEDS, ActionType
from domain.money import Money

BY_ITSELF = ""
"""The name of the step where none had been done before the money came."""

AFTER_AGENCY = "after the agency"
"""The name of the step where the agency had given the case back, or had been stopped."""

COUNTED = (STEP_DEEDS - {ActionType.ASK_PERSON, ActionType.NOTIFY_SALES}) | {
    ActionType.HAND_OFF,
    ActionType.RECALL,
}
"""Deeds that a customer notices; what only our own people read brings no money by itself."""

# The class is that of the day on which the case was opened: `domain.policy.classes.class_of` in
# SQL, so that nobody has to walk over every customer; a test holds the two against each other.
_CLASSES = """
event AS (
  SELECT creditor, customer, case_id, opened_at AS at, 0 AS rank, 0 AS settled, 0 AS late,
         0 AS days_late, 0 AS broken, 0 AS gone FROM case_file
  UNION ALL
  SELECT creditor, customer, '', settled_at, 1, 1, (days_late > 0)::int, days_late, 0, 0
  FROM case_file WHERE settled_at IS NOT NULL
  UNION ALL
  SELECT f.creditor, f.customer, '', d.at, 1, 0, 0, 0, 1, 0
  FROM deed d JOIN case_file f USING (case_id) WHERE starts_with(d.step, 'promise-broken-')
  UNION ALL
  SELECT f.creditor, f.customer, '', min(d.at), 1, 0, 0, 0, 0, 1
  FROM deed d JOIN case_file f USING (case_id) WHERE d.do = 'hand_off'
  GROUP BY f.creditor, f.customer, f.case_id
), history AS (
  SELECT case_id, sum(settled) OVER so_far AS settled, sum(late) OVER so_far AS late,
         sum(days_late) OVER so_far AS days_late, sum(broken) OVER so_far AS broken,
         sum(gone) OVER so_far AS gone
  FROM event WINDOW so_far AS (PARTITION BY creditor, customer ORDER BY at, rank)
), rule AS MATERIALIZED (
  SELECT sha256, (b ->> 'risky_from_broken_promises')::int AS broken,
         (b ->> 'risky_from_handoffs')::int AS gone, (b ->> 'late_from_percent')::int AS percent,
         (b ->> 'late_from_mean_days')::int AS mean
  FROM (SELECT sha256, body::jsonb -> 'classes' AS b FROM policy) p
), class AS (
  SELECT f.case_id, coalesce(nullif(a.customer_class, ''), CASE
           WHEN h.broken >= r.broken OR h.gone >= r.gone THEN 'risky'
           WHEN h.settled = 0 THEN 'new'
           WHEN h.late * 100 >= r.percent * h.settled THEN 'late_payer'
           WHEN h.days_late >= r.mean * h.settled THEN 'late_payer'
           ELSE 'good' END) AS name
  FROM case_file f JOIN history h USING (case_id) JOIN account a USING (creditor, customer)
  JOIN rule r ON r.sha256 = f.policy_sha
)"""

MONEY_OF_PERIOD = """
back AS (
  SELECT p.case_id, p.key, sum(coalesce(m.amount, p.amount)) AS minor
  FROM message m JOIN LATERAL (
    SELECT p.case_id, p.key, p.amount FROM message p
    WHERE p.case_id = m.case_id AND p.kind = 'payment' AND p.status = 'applied' AND p.at <= m.at
      AND CASE WHEN m.ref = '' THEN p.amount = m.amount
               ELSE p.key = m.ref OR right(p.key, length(m.ref) + 1) = '/' || m.ref END
    ORDER BY p.at DESC, p.key DESC LIMIT 1
  ) p ON true
  WHERE m.kind = 'payment_reversed' AND m.status = 'applied' GROUP BY p.case_id, p.key
), came AS (
  SELECT m.case_id, m.key, m.at, greatest(0, m.amount - coalesce(b.minor, 0)) AS minor
  FROM message m LEFT JOIN back b USING (case_id, key)
  WHERE m.kind = 'payment' AND m.status = 'applied'
), so_far AS (
  SELECT c.*, sum(minor) OVER (PARTITION BY case_id ORDER BY at, key) AS total FROM came c
), kept AS (
  SELECT s.case_id, s.at, f.creditor, f.currency, f.settled_at = s.at AS settles, e.clock,
         least(s.total, f.paid + f.costs_paid)
         - least(s.total - s.minor, f.paid + f.costs_paid) AS minor
  FROM so_far s JOIN case_file f USING (case_id) JOIN account a USING (creditor, customer)
  JOIN unnest(CAST(:zones AS text[]), CAST(:clocks AS text[]), CAST(:begins AS timestamptz[]),
              CAST(:cutoffs AS timestamptz[])) AS e(zone, clock, begins, cutoff) USING (zone)
  WHERE s.at >= e.begins AND s.at < e.cutoff AND (:creditor = '' OR f.creditor = :creditor)
    AND (:currency = '' OR f.currency = :currency)
)"""

_RECOVERY = text(f"""
WITH {_CLASSES}, {MONEY_OF_PERIOD}, last AS (
  SELECT k.*, d.do, CASE WHEN d.step IS NULL THEN :by_itself
    WHEN d.do = 'recall' OR d.do = 'hand_off' AND EXISTS (
      SELECT FROM message m WHERE m.case_id = k.case_id AND m.kind = 'agency_news'
        AND m.reason IN ('returned', 'closed') AND m.status = 'applied'
        AND m.at >= d.at AND m.at < k.at)
    THEN :after_agency ELSE split_part(d.step, '~', 1) END AS step,
    (k.at AT TIME ZONE k.clock)::date - (d.at AT TIME ZONE k.clock)::date AS days
  FROM kept k LEFT JOIN LATERAL (
    SELECT d.step, d.do, d.at FROM deed d
    WHERE d.case_id = k.case_id AND d.at <= k.at AND d.do = ANY(:counted)
      AND d.result = ANY(:reached)
    ORDER BY d.at DESC, d.id DESC LIMIT 1
  ) d ON true
  WHERE k.minor > 0
)
SELECT l.creditor, l.currency, l.step, CASE WHEN l.step = :by_itself THEN '' ELSE min(l.do) END,
       c.name AS customer_class, sum(l.minor) AS minor, count(DISTINCT l.case_id) AS cases,
       count(DISTINCT l.case_id) FILTER (WHERE l.settles) AS settled,
       percentile_disc(0.5) WITHIN GROUP (ORDER BY l.days) AS median,
       round(avg(l.days), 1) AS mean
FROM last l JOIN class c USING (case_id)
GROUP BY l.creditor, l.currency, l.step, c.name
ORDER BY l.creditor, l.currency, sum(l.minor) DESC, l.step, c.name
""")  # noqa: S608 - put together from constants alone


def recovery(
    engine: Engine, period: Period, creditor: str = "", currency: str = ""
) -> tuple[RecoveryRow, ...]:
    """Add up the money of a period by the last step before it and the customer's class.

    Money that was reversed since does not count, nor what came beyond an invoice.
    """
    with reading(engine) as connection:
        given = _given(connection, period) | {"creditor": creditor, "currency": currency}
        return tuple(_row(row) for row in connection.execute(_RECOVERY, given))


def _given(connection: Connection, period: Period) -> dict[str, object]:
    return money_given(connection, period) | {
        "counted": [do.value for do in COUNTED],
        "reached": [result.value for result in REACHED],
        "by_itself": BY_ITSELF,
        "after_agency": AFTER_AGENCY,
    }


def money_given(connection: Connection, period: Period) -> dict[str, object]:
    """Put together what the money of a period is asked with: each zone's own days."""
    begins = ends(connection, period.first - timedelta(days=1))
    cutoffs = ends(connection, period.last)
    return {
        "zones": list(cutoffs),
        "clocks": _clocks(connection, list(cutoffs)),
        "begins": [begins[zone] for zone in cutoffs],
        "cutoffs": list(cutoffs.values()),
    }


def _clocks(connection: Connection, zones: list[str]) -> list[str]:
    """The same zones, but UTC for what this PostgreSQL does not know."""
    known = text("SELECT name FROM pg_timezone_names WHERE name = ANY(:zones)")
    names = set(connection.execute(known, {"zones": zones}).scalars())
    return [zone if zone in names else "UTC" for zone in zones]


def _row(row: Any) -> RecoveryRow:
    return RecoveryRow(
        creditor=row.creditor,
        currency=row.currency,
        step=row.step,
        do=row[3],
        customer_class=row.customer_class,
        recovered=Money(int(row.minor), row.currency),
        cases=row.cases,
        settled=row.settled,
        days_median=row.median,
        days_mean=row.mean,
    )
