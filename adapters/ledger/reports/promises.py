"""The report of promises to pay, and what became of them by the end of any day.

Of a case of which nothing was said but one promise of all that was open, the calls before it, and
money, PostgreSQL adds up what decides: the money before the promise, since, and before its check.
Every other case that holds a promise is folded as it stood, by the function that decides for the
ladder, too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime

from sqlalchemy import Connection, Engine, text

from activities.ports.stores.reports import PromiseRow, ReportScope
from adapters.ledger.core import codec
from adapters.ledger.core.engine import snapshot
from adapters.ledger.reports.folding import cases_at
from adapters.ledger.reports.standing import DAY_ENDS, ends
from domain.case.agreement_types import HARDSHIP
from domain.charges.statement import may_have_costs
from domain.history.reports import Fate, fates_of, kept_percent
from domain.policy.model import of_currency

_Key = tuple[str, str, str]
"""Creditor, currency and collector."""

_Counts = Counter[tuple[_Key, Fate]]

_TOLD = """message m JOIN case_file f USING (case_id) JOIN account a USING (creditor, customer)
  JOIN ends e USING (zone)
  WHERE m.kind = 'promise' AND m.status = 'applied' AND m.at < e.cutoff
    AND (:creditor = '' OR f.creditor = :creditor) AND (:currency = '' OR f.currency = :currency)"""
"""Every promise that counts on the day."""

_POLICIES = text(f"""
WITH {DAY_ENDS}, followed AS (SELECT DISTINCT f.policy_sha AS sha256, f.currency FROM {_TOLD})
SELECT sha256, currency, body FROM followed JOIN policy USING (sha256)
""")  # noqa: S608 - put together from constants alone

# Money of the day of the promise may count to it from before it was made: the fold knows that day.
_SORTED = text(f"""
WITH {DAY_ENDS}, rules AS (
  SELECT * FROM unnest(CAST(:policies AS text[]), CAST(:currencies AS text[]),
                       CAST(:slacks AS bigint[]), CAST(:let_go AS bigint[]))
    AS r(policy_sha, currency, slack, let_go)
), promised AS (
  SELECT f.case_id, f.creditor, f.currency, e.cutoff, coalesce(f.first_amount, f.amount) AS owed,
         f.policy_sha, min(m.at) AS made, min(m.check_at) AS checked, min(m.amount) AS sum,
         min(m.by_whom) AS by_whom,
         count(*) = 1 AND bool_and(m.check_at > m.at AND m.day IS NOT NULL
           AND (m.amount IS NULL OR m.currency = f.currency))
           AND f.charged = 0 AND f.costs_paid = 0 AND f.costs_left = 0
           AND f.terms IS NULL AND f.discount IS NULL AS alone
  FROM {_TOLD}
  GROUP BY f.case_id, e.cutoff
), added AS (
  SELECT p.case_id,
         bool_and(m.status = 'applied' AND (m.kind = 'promise'
           OR m.kind = 'payment' AND m.amount > 0 AND m.currency = p.currency
             AND m.at NOT BETWEEN p.made - interval '2 days' AND p.made
           OR m.kind = 'call_result' AND m.at <= p.made AND m.reason ~ '^[a-z_]+$'
             AND m.reason <> :hardship)) AS money_only,
         coalesce(sum(m.amount) FILTER (WHERE m.kind = 'payment' AND m.at < p.made), 0) AS before,
         coalesce(sum(m.amount) FILTER (WHERE m.kind = 'payment' AND m.at > p.made), 0) AS since,
         coalesce(sum(m.amount) FILTER (WHERE m.kind = 'payment' AND m.at < p.checked), 0)
           AS in_time
  FROM promised p JOIN message m ON m.case_id = p.case_id AND m.at < p.cutoff
  WHERE p.alone
  GROUP BY p.case_id
), told AS (
  SELECT p.creditor, p.currency, p.by_whom, p.case_id, p.cutoff,
         CASE WHEN s.money_only AND r.slack >= 0 AND p.owed > s.before
             AND coalesce(p.sum >= p.owed - s.before, true)
             AND p.owed - s.before - s.since NOT BETWEEN 1 AND r.let_go
           THEN CASE WHEN p.owed - s.in_time <= r.slack
                       THEN CASE WHEN s.since > 0 THEN 'kept' ELSE 'broken' END
                     WHEN p.cutoff < p.checked THEN 'running'
                     WHEN s.since = 0 THEN 'broken'
                     WHEN p.owed - s.before - s.since <= r.slack THEN 'late'
                     ELSE 'part' END
         END AS fate
  FROM promised p LEFT JOIN added s USING (case_id) LEFT JOIN rules r USING (policy_sha, currency)
)
SELECT creditor, currency, by_whom, fate, count(*) AS promises, '' AS case_id, NULL AS cutoff
FROM told WHERE fate IS NOT NULL GROUP BY creditor, currency, by_whom, fate
UNION ALL SELECT creditor, currency, by_whom, fate, 0, case_id, cutoff FROM told WHERE fate IS NULL
""")  # noqa: S608 - put together from constants alone

_COLLECTORS = text("""
SELECT case_id, key, by_whom FROM message
WHERE kind = 'promise' AND status = 'applied' AND case_id = ANY(CAST(:cases AS text[]))
""")


def promises(engine: Engine, scope: ReportScope) -> tuple[PromiseRow, ...]:
    """Count what became of all promises up to the end of a day, by who recorded them."""
    with snapshot(engine) as connection:
        counts, to_fold = added_up(connection, scope)
        counts.update(_folded(connection, to_fold))
    keys = sorted({key for key, _ in counts})
    return tuple(_row(key, {fate: counts[key, fate] for fate in Fate}) for key in keys)


def added_up(connection: Connection, scope: ReportScope) -> tuple[_Counts, dict[str, datetime]]:
    """Count the promises that sums decide; name the cases to fold, each with its day's end."""
    over = ends(connection, scope.on)
    given: dict[str, object] = {"zones": list(over), "cutoffs": list(over.values())}
    given |= {"creditor": scope.creditor, "currency": scope.currency}
    rules = _rules(connection, given)
    rows = connection.execute(_SORTED, {**given, **rules, "hardship": HARDSHIP}).all()
    counts: _Counts = Counter(
        {
            ((row.creditor, row.currency, row.by_whom), Fate(row.fate)): row.promises
            for row in rows
            if row.fate
        }
    )
    return counts, {row.case_id: row.cutoff for row in rows if not row.fate}


def _rules(connection: Connection, given: Mapping[str, object]) -> dict[str, list[object]]:
    """What may be missing, and what is let go, under each policy by which nothing is charged."""
    found = [
        (row.sha256, row.currency, policy)
        for row in connection.execute(_POLICIES, given)
        if not may_have_costs(policy := codec.read_policy(row.body))
    ]
    return {
        "policies": [sha for sha, _, _ in found],
        "currencies": [currency for _, currency, _ in found],
        "slacks": [policy.smallest_chased(currency) - 1 for _, currency, policy in found],
        "let_go": [of_currency(policy.money.write_off_below, to) for _, to, policy in found],
    }


def _folded(connection: Connection, cutoffs: Mapping[str, datetime]) -> Iterator[tuple[_Key, Fate]]:
    """Tell what became of each promise of the cases that are not decided by sums alone."""
    rows = connection.execute(_COLLECTORS, {"cases": list(cutoffs)})
    collectors = {(row.case_id, row.key): row.by_whom for row in rows}
    for case in cases_at(connection, cutoffs):
        invoice = case.invoice
        for promise, fate in fates_of(case, cutoffs[invoice.case_id]):
            by = collectors.get((invoice.case_id, promise.key), "")
            yield (invoice.creditor, invoice.amount.currency, by), fate


def _row(key: _Key, fates: dict[Fate, int]) -> PromiseRow:
    kept, late, part, broken, replaced, running = (fates[fate] for fate in Fate)
    return PromiseRow(
        creditor=key[0],
        currency=key[1],
        collector=key[2],
        made=sum(fates.values()),
        kept=kept,
        late=late,
        part=part,
        broken=broken,
        replaced=replaced,
        running=running,
        kept_percent=kept_percent(kept=kept, late=late, part=part, broken=broken),
    )
