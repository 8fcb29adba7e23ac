"""The archive of closed cases: what no sum is made of, each case in one row with its SHA-256."""

# ruff: noqa: S608 - these queries are put together from constants of this file only

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Engine, text

from activities.ports.stores.creditors import ArchivedYear
from activities.ports.types import ConflictError
from adapters.ledger.core.engine import reading

ARCHIVED = (
    *("outbound_message", "outbound_item", "outbound_attempt", "sent_letter", "provider_event"),
    *("event_outcome", "happening", "webhook_delivery", "contact", "task"),
)
"""The tables whose rows leave with their case; reports, statements and balances read none."""

TOGETHER = 200
"""Cases of one transaction: their customers are locked for so long, a second at most."""

# Closed, with nothing left to do, and nothing recorded about it for so many months.
_OLD = """
SELECT f.case_id FROM case_file AS f
WHERE f.creditor = :creditor AND f.outcome <> '' AND f.stage = 'closed' AND NOT f.parked
  AND f.recorded_at < :before
  AND NOT EXISTS (SELECT FROM archived_case AS a WHERE a.case_id = f.case_id)
  AND NOT EXISTS (SELECT FROM message AS m WHERE m.case_id = f.case_id AND m.recorded_at >= :before)
  AND NOT EXISTS (SELECT FROM deed AS d WHERE d.case_id = f.case_id AND d.recorded_at >= :before)
  AND NOT EXISTS (SELECT FROM task AS t WHERE t.case_id = f.case_id AND t.status = 'open')
  AND NOT EXISTS (SELECT FROM outbound_item AS i JOIN outbound_message AS o ON o.id = i.message_id
    WHERE i.case_id = f.case_id AND o.state IN ('new', 'in_flight'))
"""
_BEFORE = text("SELECT CAST(:now AS timestamptz) - make_interval(months => :months)")
_COUNT = text(f"SELECT count(*) FROM ({_OLD}) AS found")
# Whoever is busy just now is left for the next time.
_NEXT = text(f"""
SELECT f.case_id FROM case_file AS f
JOIN account AS a ON a.creditor = f.creditor AND a.customer = f.customer
WHERE f.case_id IN ({_OLD}) ORDER BY f.case_id LIMIT :limit FOR UPDATE OF a SKIP LOCKED
""")
_STILL = text(f"{_OLD} AND f.case_id = ANY(:cases) ORDER BY f.case_id")
_MOVE = text(
    "SELECT archive_case(u.c) FROM unnest(CAST(:cases AS text[])) WITH ORDINALITY AS u(c, n)"
    " ORDER BY u.n"
)
_NOTE = text(
    "SELECT write_archive_book(:creditor, y.year, 'archived', :by) FROM (SELECT DISTINCT year"
    " FROM archived_case WHERE case_id = ANY(:cases)) AS y ORDER BY y.year"
)
_BRING_BACK = text(
    "SELECT bring_back_case(case_id) FROM archived_case"
    " WHERE creditor = :creditor AND customer = :customer ORDER BY case_id"
)
_YEARS = text("""
SELECT b.year, b.cases, b.recorded_at AS since, coalesce(k.bytes, 0) AS bytes,
  b.cases = coalesce(k.cases, 0) AND coalesce(k.whole, true) AND b.sha256 = encode(sha256(
    convert_to(coalesce(k.sums, ''), 'UTF8')), 'hex') AS unharmed
FROM (SELECT DISTINCT ON (year) * FROM archive_book WHERE creditor = :creditor
  ORDER BY year, id DESC) AS b
LEFT JOIN (SELECT year, count(*) AS cases, sum(pg_column_size(rows)) AS bytes,
    bool_and(sha256 = encode(sha256(convert_to(rows::text, 'UTF8')), 'hex')) AS whole,
    string_agg(sha256, '' ORDER BY case_id) AS sums
  FROM archived_case WHERE creditor = :creditor GROUP BY year) AS k USING (year)
ORDER BY b.year
""")


def archived_rows(table: str) -> str:
    """Select a customer's archived rows of a table, as if they stood there."""
    return (
        f"SELECT t.* FROM archived_case AS a, jsonb_populate_recordset(NULL::{table},"
        f" a.rows->'{table}') AS t WHERE a.creditor = :creditor AND a.customer = :customer"
    )


def bring_back(connection: Connection, creditor: str, customer: str) -> None:
    """Put all that is archived of a customer back into its tables."""
    connection.execute(_BRING_BACK, {"creditor": creditor, "customer": customer})


class SqlArchive:
    """Closed cases that are kept aside."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def waiting(self, creditor: str, months: int, now: datetime) -> int:
        """Count the closed cases about which nothing was recorded for so many months."""
        with reading(self._engine) as link:
            return int(link.execute(_COUNT, _given(link, creditor, months, now)).scalar_one())

    def archive(self, creditor: str, months: int, now: datetime, limit: int, by: str) -> int:
        """Archive so many of them at most; answers how many."""
        done = 0
        while done < limit:
            moved = self._some(creditor, months, now, min(TOGETHER, limit - done), by)
            done += moved
            if not moved:
                break
        return done

    def _some(self, creditor: str, months: int, now: datetime, limit: int, by: str) -> int:
        with self._engine.begin() as link:
            given = _given(link, creditor, months, now)
            locked = link.execute(_NEXT, given | {"limit": limit}).scalars().all()
            # Under the lock nothing can be added any more: what was meanwhile counts.
            cases = link.execute(_STILL, given | {"cases": locked}).scalars().all()
            link.execute(_MOVE, {"cases": cases})
            link.execute(_NOTE, {"creditor": creditor, "by": by, "cases": cases})
        return len(cases)

    def years(self, creditor: str) -> tuple[ArchivedYear, ...]:
        """Hold each year of a creditor's archive against its checksum."""
        with reading(self._engine) as link:
            rows = link.execute(_YEARS, {"creditor": creditor}).all()
        return tuple(
            ArchivedYear(
                year=row.year,
                cases=row.cases,
                bytes=row.bytes,
                since=row.since,
                unharmed=row.unharmed,
            )
            for row in rows
        )

    def bring_back_case(self, creditor: str, case_id: str) -> int:
        """Put one case, and those whose messages it shares, back; answers how many.

        Raises:
            ConflictError: if it is not archived.
        """
        query = text(
            "SELECT bring_back_case(f.case_id) FROM case_file AS f"
            " WHERE f.creditor = :creditor AND f.case_id = :case"
        )
        with self._engine.begin() as link:
            found = link.execute(query, {"creditor": creditor, "case": case_id}).scalar()
        if not found:
            raise ConflictError(f"{case_id} is not archived")
        return int(found)


def _given(link: Connection, creditor: str, months: int, now: datetime) -> dict[str, object]:
    before = link.execute(_BEFORE, {"now": now, "months": months}).scalar_one()
    return {"creditor": creditor, "before": before}
