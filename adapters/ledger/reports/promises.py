"""The report of promises to pay, and what became of them by the end of any day.

Every case that holds a promise is folded as it stood: whether a promise was kept is decided in one
place only, for the ladder and for the report.
"""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Connection, Engine, text

from activities.ports.stores.reports import PromiseRow, ReportScope
from adapters.ledger.core.engine import snapshot
from adapters.ledger.reports.folding import cases_at
from adapters.ledger.reports.standing import ends
from domain.history.reports import Fate, fates_of, kept_percent

_Key = tuple[str, str, str]
"""Creditor, currency and collector."""

_PROMISES = text("""
SELECT m.case_id, m.key, m.by_whom, e.cutoff
FROM message m JOIN case_file f USING (case_id) JOIN account a USING (creditor, customer)
JOIN unnest(CAST(:zones AS text[]), CAST(:cutoffs AS timestamptz[])) AS e(zone, cutoff) USING (zone)
WHERE m.kind = 'promise' AND m.status = 'applied' AND m.at < e.cutoff
  AND (:creditor = '' OR f.creditor = :creditor) AND (:currency = '' OR f.currency = :currency)
""")


def promises(engine: Engine, scope: ReportScope) -> tuple[PromiseRow, ...]:
    """Count what became of all promises up to the end of a day, by who recorded them."""
    with snapshot(engine) as connection:
        counts = _counted(connection, scope)
    keys = sorted({key for key, _ in counts})
    return tuple(_row(key, {fate: counts[key, fate] for fate in Fate}) for key in keys)


def _counted(connection: Connection, scope: ReportScope) -> Counter[tuple[_Key, Fate]]:
    over = ends(connection, scope.on)
    given = {"zones": list(over), "cutoffs": list(over.values())}
    given |= {"creditor": scope.creditor, "currency": scope.currency}
    rows = connection.execute(_PROMISES, given).all()
    collectors = {(row.case_id, row.key): row.by_whom for row in rows}
    cutoffs = {row.case_id: row.cutoff for row in rows}
    counts: Counter[tuple[_Key, Fate]] = Counter()
    for case in cases_at(connection, cutoffs):
        invoice = case.invoice
        for promise, fate in fates_of(case, cutoffs[invoice.case_id]):
            by = collectors.get((invoice.case_id, promise.key), "")
            counts[(invoice.creditor, invoice.amount.currency, by), fate] += 1
    return counts


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
