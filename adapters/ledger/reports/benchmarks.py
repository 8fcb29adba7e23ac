"""The report of one's own benchmarks: what steps, channels, hours and tones were followed by."""

from __future__ import annotations

from sqlalchemy import Engine, text

from activities.ports.stores.reports import BenchmarkCount, Period
from adapters.ledger.core.engine import reading
from adapters.ledger.reports.recovery import COUNTED, MONEY_OF_PERIOD, money_given
from domain.history.benchmarks import FOLLOWS_WITHIN
from domain.message_types import REACHED
from domain.money import Money

# A payment belongs to the last deed before it that the customer noticed, as in the recovery.
# Whoever was tried twice by the same counts once: messages to one customer are no two dice.
_BENCHMARKS = text(f"""
WITH {MONEY_OF_PERIOD}, tried AS (
  SELECT d.case_id, d.at, f.creditor, f.customer, f.currency,
         CASE WHEN d.do = 'hand_off' THEN '' ELSE split_part(d.step, '~', 1) END AS step,
         d.channel, to_char(d.at AT TIME ZONE e.clock, 'HH24') AS hour,
         coalesce((SELECT s ->> 'tone' FROM jsonb_array_elements(p.body::jsonb -> 'steps') s
                   WHERE s ->> 'id' = split_part(d.step, '~', 1)), '') AS tone,
         lead(d.at) OVER (PARTITION BY d.case_id ORDER BY d.at, d.id) AS next_at,
         d.at >= e.begins AND d.at < e.cutoff - CAST(:within AS interval) AS counts
  FROM deed d JOIN case_file f USING (case_id) JOIN account a USING (creditor, customer)
  JOIN policy p ON p.sha256 = f.policy_sha
  JOIN unnest(CAST(:zones AS text[]), CAST(:clocks AS text[]), CAST(:begins AS timestamptz[]),
              CAST(:cutoffs AS timestamptz[])) AS e(zone, clock, begins, cutoff) USING (zone)
  WHERE d.do = ANY(:counted) AND d.result = ANY(:reached)
    AND (:creditor = '' OR f.creditor = :creditor)
    AND (:currency = '' OR f.currency = :currency)
), followed AS (
  SELECT t.*, coalesce((SELECT sum(k.minor) FROM kept k WHERE k.case_id = t.case_id
    AND k.at >= t.at AND k.at < t.at + CAST(:within AS interval)
    AND (t.next_at IS NULL OR k.at < t.next_at)), 0) AS minor
  FROM tried t WHERE t.counts
), told AS (
  SELECT f.creditor, f.customer, f.currency, f.minor, v.kind, v.value
  FROM followed f CROSS JOIN LATERAL (VALUES ('step', f.step), ('channel', f.channel),
    ('hour', CASE WHEN f.channel = '' THEN '' ELSE f.hour END), ('tone', f.tone)) v(kind, value)
  WHERE v.value <> ''
), customers AS (
  SELECT creditor, currency, kind, value, customer, sum(minor) AS minor
  FROM told GROUP BY creditor, currency, kind, value, customer
)
SELECT creditor, currency, kind, value, count(*) AS tried,
       count(*) FILTER (WHERE minor > 0) AS paid, sum(minor) AS minor
FROM customers GROUP BY creditor, currency, kind, value
ORDER BY creditor, currency, kind, value
""")  # noqa: S608 - put together from constants alone


def benchmarks(
    engine: Engine, period: Period, creditor: str = "", currency: str = ""
) -> tuple[BenchmarkCount, ...]:
    """Count whom each step, channel, hour and tone reached, and who paid within two weeks.

    Of the period's last two weeks only the money counts: what was done in them is not over yet.
    """
    with reading(engine) as connection:
        given = money_given(connection, period) | {"creditor": creditor, "currency": currency}
        given |= {"within": FOLLOWS_WITHIN, "counted": [do.value for do in COUNTED]}
        given |= {"reached": [result.value for result in REACHED]}
        rows = connection.execute(_BENCHMARKS, given).all()
    return tuple(
        BenchmarkCount(
            creditor=row.creditor,
            currency=row.currency,
            kind=row.kind,
            value=row.value,
            tried=row.tried,
            paid=row.paid,
            recovered=Money(int(row.minor), row.currency),
        )
        for row in rows
    )
