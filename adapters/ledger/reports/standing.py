"""How every invoice stood at the end of a day: today's figures, or those of any day before.

What nobody touched since stands as it does today, and is read in its place. The rest is set apart:
PostgreSQL adds up the recorded money; only where more than money was said (a write-off, a dispute,
a correction …) the case is folded anew from what had been said, by the function that decides.
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
        *(MessageType.IN_FLIGHT, MessageType.IN_FLIGHT_FAILED, MessageType.PROMISE),
        *(MessageType.PLAN_PROPOSED, MessageType.PLAN_AGREED, MessageType.PLAN_ENDED),
        *(MessageType.AGREEMENT_CONFIRMED, MessageType.PAUSE, MessageType.RESUME),
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

_KINDS = {
    "still": [kind.value for kind in STILL],
    "hard": [kind.value for kind in HARD],
    "hardship": HARDSHIP,
    "added_up": [kind.value for kind in ADDED_UP],
}

_TABLE = """
CREATE TEMPORARY TABLE set_apart (
  case_id text, creditor text, customer text, currency text, issued date, due date,
  cutoff timestamptz, amount bigint, credited bigint, open bigint, disputed bigint, spare bigint,
  withdrawn boolean, with_agency boolean, to_fold boolean, terms jsonb, taken timestamptz
) ON COMMIT DROP
"""

DAY_ENDS = """ends AS (
  SELECT * FROM unnest(CAST(:zones AS text[]), CAST(:cutoffs AS timestamptz[])) AS e(zone, cutoff)
)"""
"""When the day ends, per time zone of the debtors."""

_WANTED = """f.issued <= :on AND (:creditor = '' OR f.creditor = :creditor)
    AND (:currency = '' OR f.currency = :currency)"""
"""Which invoices are asked about."""

_FILL = text(f"""
INSERT INTO set_apart
WITH {DAY_ENDS}, late AS (
  SELECT m.case_id, m.kind FROM message m JOIN case_file f USING (case_id)
  JOIN account a USING (creditor, customer) JOIN ends e USING (zone)
  WHERE m.at >= :first AND m.at >= e.cutoff AND m.status = 'applied' AND {_WANTED}
), told AS (
  SELECT DISTINCT m.case_id FROM message m
  WHERE m.case_id IN (SELECT case_id FROM late) AND m.status = 'applied'
    AND m.kind IN ('call_result', 'dispute_opened') AND lower(btrim(m.reason)) = :hardship
), changed AS (
  SELECT DISTINCT case_id FROM late
  WHERE kind <> ALL(:still) OR kind = ANY(:hard) AND case_id IN (SELECT * FROM told)
), gone AS (
  SELECT d.case_id, e.cutoff, max(d.at) FILTER (WHERE d.do = 'hand_off') AS taken,
         max(d.at) FILTER (WHERE d.do = 'recall') AS back
  FROM deed d JOIN case_file f USING (case_id)
  JOIN account a USING (creditor, customer) JOIN ends e USING (zone)
  WHERE d.do IN ('hand_off', 'recall') AND d.at < e.cutoff AND {_WANTED}
  GROUP BY d.case_id, e.cutoff
), away AS (
  SELECT g.case_id, g.taken FROM gone g
  WHERE g.taken IS NOT NULL AND (g.back IS NULL OR g.back < g.taken)
    AND NOT EXISTS (
      SELECT FROM message m WHERE m.case_id = g.case_id AND m.kind = 'agency_news'
        AND m.reason IN ('returned', 'closed') AND m.status = 'applied'
        AND m.at >= g.taken AND m.at < g.cutoff)
), apart AS (
  SELECT case_id FROM changed UNION SELECT case_id FROM away
  UNION SELECT f.case_id FROM case_file f WHERE f.terms_now IS NOT NULL AND {_WANTED}
), scope AS (
  SELECT f.case_id, f.creditor, f.customer, f.currency, f.issued, f.due, e.cutoff, f.amount,
         f.credited, f.open, f.disputed, f.spare, f.withdrawn,
         coalesce(f.first_due, f.due) AS first_due,
         coalesce(f.first_amount, f.amount) AS first_amount,
         f.discount_taken <> 0 OR f.costs_paid <> 0 OR f.written_off <> 0
           OR f.terms IS NOT NULL AS intricate,
         f.terms_now
  FROM apart JOIN case_file f USING (case_id)
  JOIN account a USING (creditor, customer) JOIN ends e USING (zone)
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
)
SELECT s.case_id, s.creditor, s.customer, s.currency, s.issued,
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
""")  # noqa: S608 - put together from constants alone

_COLUMNS = """case_id, creditor, customer, currency, issued, due, amount, credited, open, disputed,
    spare, withdrawn"""


def standing(only: str = "true") -> str:
    """Make the query of how each invoice stood, a line for each part of one that has parts.

    What nobody touched since the day is read where it stands; ``is_whole`` tells it from the rest.
    ``only`` is one more condition on an invoice ``f``.
    """
    return f"""
  SELECT {_COLUMNS}, false AS with_agency, true AS is_whole FROM case_file f
  WHERE {_WANTED} AND {only} AND NOT EXISTS (SELECT FROM set_apart x WHERE x.case_id = f.case_id)
  UNION ALL SELECT {_COLUMNS}, with_agency, false FROM set_apart f WHERE {only}
"""  # noqa: S608 - put together from constants alone


STANDING = f"standing AS NOT MATERIALIZED ({standing()})"
"""All of it, as a common table expression."""

_TO_FOLD = text("SELECT case_id, cutoff FROM set_apart WHERE to_fold")

_CORRECT = text("""
UPDATE set_apart s
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
  DELETE FROM set_apart WHERE terms IS NOT NULL RETURNING *
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
INSERT INTO set_apart
SELECT case_id, creditor, customer, currency, issued, part_due, cutoff,
       CASE WHEN number = 1 THEN amount ELSE 0 END, CASE WHEN number = 1 THEN credited ELSE 0 END,
       left_open, least(left_open, still_disputed), CASE WHEN number = 1 THEN spare ELSE 0 END,
       withdrawn, with_agency AND part_due < CAST(taken AS date), false, NULL, taken
FROM shared WHERE number = 1 OR left_open > 0
""")


StandingInvoices = tuple[Connection, dict[str, object]]
"""A connection on which ``STANDING`` can be asked, and the parameters that it is asked with."""


@contextmanager
def standing_on(engine: Engine, scope: ReportScope) -> Iterator[StandingInvoices]:
    """Make it known how every invoice stood at the end of the scope's day.

    An invoice belongs to it from its issue date on, whenever it was opened here.
    """
    with snapshot(engine) as connection:
        over = ends(connection, scope.on)
        given: dict[str, object] = {
            "on": scope.on,
            "creditor": scope.creditor,
            "currency": scope.currency,
            "zones": list(over),
            "cutoffs": list(over.values()),
        }
        first = min(over.values(), default=Calendar().end_of(scope.on))
        connection.execute(text(_TABLE))
        connection.execute(_FILL, {**given, **_KINDS, "first": first})
        cutoffs = {row.case_id: row.cutoff for row in connection.execute(_TO_FOLD)}
        for some in folded(connection, cutoffs):
            connection.execute(_CORRECT, _corrections(some))
        connection.execute(_SPLIT)
        connection.execute(text("ANALYZE set_apart"))
        yield connection, given


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
