"""How every invoice stood at the end of a day: today's figures, or those of any day before.

What nobody touched since stands as it does today. For the rest PostgreSQL adds up the recorded
money; only where more than money was said (a write-off, a dispute, a correction …) the case is
folded anew from what had been said by then, by the same function that decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from sqlalchemy import Connection, Engine, text

from activities.ports.stores.reports import ReportScope
from adapters.ledger.core.engine import snapshot
from adapters.ledger.reports.folding import Folding, folded
from domain.calendar import Calendar
from domain.case.agreement_types import HARDSHIP
from domain.disputes.reducer import MAY_SETTLE
from domain.message_types import MessageType

STILL = frozenset(
    {
        MessageType.IN_FLIGHT,
        MessageType.IN_FLIGHT_FAILED,
        MessageType.PROMISE,
        MessageType.PLAN_PROPOSED,
        MessageType.PLAN_AGREED,
        MessageType.PLAN_ENDED,
        MessageType.AGREEMENT_CONFIRMED,
        MessageType.PAUSE,
        MessageType.RESUME,
        MessageType.AGENCY_NEWS,
        MessageType.HANDOFF_APPROVED,
        MessageType.CALL_RESULT,
        MessageType.CONTACT_NEWS,
        MessageType.POLICY_CHANGED,
        MessageType.NUDGE,
    }
)
"""What never changes how much is open or contested, but for hardship."""

HARD = frozenset({MessageType.CALL_RESULT, *MAY_SETTLE}) & STILL
"""What contests an invoice, or stops contesting it, where hardship is told (P42)."""

ADDED_UP = STILL | {
    MessageType.PAYMENT,
    MessageType.PAYMENT_REVERSED,
    MessageType.CREDIT_NOTE,
    MessageType.CREDIT_NOTE_CANCELLED,
    MessageType.WITHDRAWN,
}
"""What the database can add up by itself."""

_TABLE = """
CREATE TEMPORARY TABLE standing (
  case_id text, creditor text, currency text, issued date, due date, cutoff timestamptz,
  amount bigint, credited bigint, open bigint, disputed bigint, spare bigint,
  withdrawn boolean, with_agency boolean, to_fold boolean, terms jsonb, taken timestamptz
) ON COMMIT DROP
"""

_FILL = text("""
INSERT INTO standing
WITH ends AS (
  SELECT * FROM unnest(CAST(:zones AS text[]), CAST(:cutoffs AS timestamptz[])) AS e(zone, cutoff)
), scope AS (
  SELECT f.case_id, f.creditor, f.currency, f.issued, f.due, e.cutoff, f.amount, f.credited, f.open,
         f.disputed, f.spare, f.withdrawn, coalesce(f.first_due, f.due) AS first_due,
         coalesce(f.first_amount, f.amount) AS first_amount,
         f.discount_taken <> 0 OR f.costs_paid <> 0 OR f.written_off <> 0
           OR f.terms IS NOT NULL AS intricate,
         f.terms_now
  FROM case_file f JOIN account a USING (creditor, customer) JOIN ends e USING (zone)
  WHERE f.issued <= :on AND (:creditor = '' OR f.creditor = :creditor)
    AND (:currency = '' OR f.currency = :currency)
), told AS (
  SELECT DISTINCT m.case_id FROM message m JOIN scope s USING (case_id)
  WHERE m.status = 'applied' AND m.kind IN ('call_result', 'dispute_opened')
    AND lower(btrim(m.reason)) = :hardship
), changed AS (
  SELECT DISTINCT m.case_id FROM message m JOIN scope s USING (case_id)
  WHERE m.at >= :first AND m.at >= s.cutoff AND m.status = 'applied'
    AND (m.kind <> ALL(:still) OR m.kind = ANY(:hard) AND m.case_id IN (SELECT * FROM told))
), said AS (
  SELECT s.case_id,
         coalesce(sum(CASE m.kind WHEN 'payment' THEN m.amount
                                  WHEN 'payment_reversed' THEN -m.amount END), 0) AS received,
         coalesce(sum(CASE m.kind WHEN 'credit_note' THEN m.amount
                                  WHEN 'credit_note_cancelled' THEN -m.amount END), 0) AS credited,
         coalesce(bool_or(m.kind = 'withdrawn'), false) AS withdrawn,
         bool_or(s.intricate) OR s.case_id IN (SELECT * FROM told)
           OR coalesce(bool_or(m.kind <> ALL(:added_up)
           OR m.kind IN ('payment_reversed', 'credit_note_cancelled') AND m.amount IS NULL), false)
         AS to_fold
  FROM changed JOIN scope s USING (case_id) LEFT JOIN message m
    ON m.case_id = s.case_id AND m.status = 'applied' AND m.at < s.cutoff
  GROUP BY s.case_id
), gone AS (
  SELECT d.case_id, s.cutoff, max(d.at) FILTER (WHERE d.do = 'hand_off') AS taken,
         max(d.at) FILTER (WHERE d.do = 'recall') AS back
  FROM deed d JOIN scope s USING (case_id)
  WHERE d.do IN ('hand_off', 'recall') AND d.at < s.cutoff GROUP BY d.case_id, s.cutoff
), away AS (
  SELECT g.case_id, g.taken FROM gone g
  WHERE g.taken IS NOT NULL AND (g.back IS NULL OR g.back < g.taken)
    AND NOT EXISTS (
      SELECT FROM message m WHERE m.case_id = g.case_id AND m.kind = 'agency_news'
        AND m.reason IN ('returned', 'closed') AND m.status = 'applied'
        AND m.at >= g.taken AND m.at < g.cutoff)
)
SELECT s.case_id, s.creditor, s.currency, s.issued,
       CASE WHEN t.case_id IS NULL THEN s.due ELSE s.first_due END, s.cutoff,
       CASE WHEN t.case_id IS NULL THEN s.amount ELSE s.first_amount END,
       coalesce(t.credited, s.credited),
       CASE WHEN t.case_id IS NULL THEN s.open
            ELSE greatest(0, s.first_amount - t.received - t.credited) END,
       CASE WHEN t.case_id IS NULL THEN s.disputed ELSE 0 END,
       CASE WHEN t.case_id IS NULL THEN s.spare WHEN t.withdrawn THEN t.received
            ELSE greatest(0, t.received + t.credited - s.first_amount) END,
       coalesce(t.withdrawn, s.withdrawn), away.case_id IS NOT NULL, coalesce(t.to_fold, false),
       s.terms_now, away.taken
FROM scope s LEFT JOIN said t USING (case_id) LEFT JOIN away USING (case_id)
""")

_TO_FOLD = text("SELECT case_id, cutoff FROM standing WHERE to_fold")

_CORRECT = text("""
UPDATE standing s
SET due = f.due, amount = f.amount, credited = f.credited, open = f.open, disputed = f.disputed,
    spare = f.spare, terms = f.terms
FROM unnest(CAST(:cases AS text[]), CAST(:dues AS date[]), CAST(:amounts AS bigint[]),
            CAST(:credits AS bigint[]), CAST(:opens AS bigint[]), CAST(:disputes AS bigint[]),
            CAST(:spares AS bigint[]), CAST(:terms AS jsonb[]))
  AS f(case_id, due, amount, credited, open, disputed, spare, terms)
WHERE s.case_id = f.case_id
""")

# What was paid, and what is contested, counts to the oldest part first; what was sold and what is
# left over belong to the invoice, and stay with its first part. The agency has what had fallen due.
_SPLIT = text("""
WITH whole AS (
  DELETE FROM standing WHERE terms IS NOT NULL RETURNING *
), fallen AS (
  SELECT w.*, p.number, CAST(p.part->>0 AS date) AS part_due, CAST(p.part->>1 AS bigint) AS minor,
         sum(CAST(p.part->>1 AS bigint)) OVER (PARTITION BY w.case_id ORDER BY p.number) AS by_then
  FROM whole w, jsonb_array_elements(w.terms) WITH ORDINALITY AS p(part, number)
), part AS (
  SELECT *, least(minor, greatest(0, by_then - (amount - open))) AS left_open FROM fallen
), shared AS (
  SELECT *, greatest(0, disputed - (sum(left_open) OVER (PARTITION BY case_id ORDER BY number)
                                    - left_open)) AS still_disputed
  FROM part
)
INSERT INTO standing
SELECT case_id, creditor, currency, issued, part_due, cutoff,
       CASE WHEN number = 1 THEN amount ELSE 0 END, CASE WHEN number = 1 THEN credited ELSE 0 END,
       left_open, least(left_open, still_disputed), CASE WHEN number = 1 THEN spare ELSE 0 END,
       withdrawn, with_agency AND part_due < CAST(taken AS date), false, NULL, taken
FROM shared WHERE number = 1 OR left_open > 0
""")


@contextmanager
def standing_on(engine: Engine, scope: ReportScope) -> Iterator[Connection]:
    """Open a connection on which the temporary table ``standing`` holds every invoice.

    One that falls due in parts has a line for each of them, with what is open of it. An invoice
    belongs to it from its issue date on, whenever it was opened here.
    """
    with snapshot(engine) as connection:
        connection.execute(text(_TABLE))
        connection.execute(_FILL, _filling(connection, scope))
        cutoffs = {row.case_id: row.cutoff for row in connection.execute(_TO_FOLD)}
        for some in folded(connection, cutoffs):
            connection.execute(_CORRECT, _corrections(some))
        connection.execute(_SPLIT)
        connection.execute(text("ANALYZE standing"))
        yield connection


def _filling(connection: Connection, scope: ReportScope) -> dict[str, object]:
    over = ends(connection, scope.on)
    return {
        "on": scope.on,
        "creditor": scope.creditor,
        "currency": scope.currency,
        "zones": list(over),
        "cutoffs": list(over.values()),
        "first": min(over.values(), default=Calendar().end_of(scope.on)),
        "still": [kind.value for kind in STILL],
        "hard": [kind.value for kind in HARD],
        "hardship": HARDSHIP,
        "added_up": [kind.value for kind in ADDED_UP],
    }


def ends(connection: Connection, on: date) -> dict[str, datetime]:
    """Find when the day ends, per time zone of the debtors."""
    zones = connection.execute(text("SELECT DISTINCT zone FROM account ORDER BY zone")).scalars()
    return {zone: Calendar(zone).end_of(on) for zone in zones}


def _corrections(some: list[Folding]) -> dict[str, object]:
    return {
        "cases": [one.case for one in some],
        "dues": [one.due for one in some],
        "amounts": [one.amount for one in some],
        "credits": [one.credited for one in some],
        "opens": [one.open for one in some],
        "disputes": [one.disputed for one in some],
        "spares": [one.spare for one in some],
        "terms": [one.terms for one in some],
    }
