"""Traffic of closed cases for the archive, and everything that must be told the same of them."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Engine, text

from activities.ports.stores.reports import Period, ReportScope
from adapters.ledger.erasure.archive import ARCHIVED, SqlArchive
from adapters.ledger.queries import reads
from adapters.ledger.stores.reports import SqlReportStore
from adapters.runtime.machine import machine_clock
from domain.history.reports import AgeingBuckets
from starter.views.looking import look_at_case

MONTHS = 2
YEAR = Period(first=date(2026, 1, 1), last=date(2026, 12, 31))
LATER = datetime(2027, 1, 1, tzinfo=UTC)
CLOSE = text(
    "UPDATE case_file SET outcome = 'paid', stage = 'closed'"
    " WHERE creditor = :creditor AND open = 0 AND costs_left = 0"
)
_BALANCE = text(
    "SELECT currency, sum(amount), sum(paid), sum(credited), sum(written_off), sum(open),"
    " sum(surplus), sum(charged), sum(costs_paid), sum(costs_left) FROM case_file"
    " WHERE creditor = :creditor GROUP BY 1 ORDER BY 1"
)
# A message about each case, and all that belongs to it.
_TRAFFIC = (
    (
        "INSERT INTO outbound_message (id, creditor, customer, state, attempt, channel, recipient)"
        " SELECT md5(case_id)::uuid, creditor, customer, 'accepted', 1, 'email', 'Ä \"x\" \\ y'"
        " FROM case_file WHERE creditor = :creditor"
    ),
    (
        "INSERT INTO outbound_item (case_id, step, episode, message_id)"
        " SELECT case_id, 'polite', 1, md5(case_id)::uuid FROM case_file WHERE creditor = :creditor"
    ),
    (
        "INSERT INTO outbound_attempt (message_id, attempt, channel, result, detail)"
        " SELECT id, 1, channel, 'accepted', 'it''s' FROM outbound_message"
        " WHERE creditor = :creditor"
    ),
    (
        "INSERT INTO sent_letter (message_id, attempt, subject, body, files) SELECT id, 1,"
        " 'Invoice', 'Dear \"x\" \\ y', ARRAY['a.pdf'] FROM outbound_message"
        " WHERE creditor = :creditor"
    ),
    (
        "INSERT INTO provider_event (dedupe_key, message_id, provider, kind, raw)"
        " SELECT 'e/' || id, id::text, 'x', 'delivered', '{}' FROM outbound_message"
        " WHERE creditor = :creditor"
    ),
    (
        "INSERT INTO event_outcome (dedupe_key, state) SELECT 'e/' || id, 'applied'"
        " FROM outbound_message WHERE creditor = :creditor"
    ),
    (
        "INSERT INTO happening (id, creditor, customer, case_id, kind, at, data)"
        " SELECT 'h/' || case_id, creditor, customer, case_id, 'case.closed', now(),"
        " '{\"a\": [1.50]}'"
        " FROM case_file WHERE creditor = :creditor"
    ),
    (
        "INSERT INTO contact (creditor, customer, key, at, what, channel, case_id)"
        " SELECT creditor, customer, case_id, now(), 'message', 'email', case_id FROM case_file"
        " WHERE creditor = :creditor"
    ),
    (
        "INSERT INTO task (key, kind, case_id, title, status, due_at)"
        " SELECT 't/' || case_id, 'call', case_id, 'Call', 'done', now() FROM case_file"
        " WHERE creditor = :creditor"
    ),
)
_OF_CREDITOR = {
    "outbound_item": "case_id IN (SELECT case_id FROM case_file WHERE creditor = :creditor)",
    "outbound_attempt": "message_id IN (SELECT md5(case_id)::uuid FROM case_file"
    " WHERE creditor = :creditor)",
    "sent_letter": "message_id IN (SELECT md5(case_id)::uuid FROM case_file"
    " WHERE creditor = :creditor)",
    "provider_event": "message_id IN (SELECT md5(case_id)::uuid::text FROM case_file"
    " WHERE creditor = :creditor)",
    "event_outcome": "dedupe_key IN (SELECT 'e/' || md5(case_id)::uuid FROM case_file"
    " WHERE creditor = :creditor)",
    "task": "case_id IN (SELECT case_id FROM case_file WHERE creditor = :creditor)",
}


def in_months(months: int) -> datetime:
    """So many months from now: what is recorded has the database's own clock."""
    return machine_clock() + timedelta(days=31 * months)


def talk(engine: Engine, creditor: str) -> None:
    with engine.begin() as link:
        for query in (text(query) for query in _TRAFFIC):
            link.execute(query, {"creditor": creditor})


def archive(engine: Engine, creditor: str, *, close: bool = True) -> int:
    with engine.begin() as link:
        if close:
            link.execute(CLOSE, {"creditor": creditor})
    return SqlArchive(engine).archive(creditor, MONTHS, in_months(MONTHS + 1), 10_000, "ann")


def rows_of(engine: Engine, creditor: str) -> dict[str, list[str]]:
    """All rows of the tables that the archive takes from, as they stand there now."""
    with engine.connect() as link:
        return {
            table: sorted(
                link.execute(
                    text(
                        f"SELECT to_jsonb(t)::text FROM {table} AS t"  # noqa: S608 - our own table
                        f" WHERE {_OF_CREDITOR.get(table, 'creditor = :creditor')}"
                    ),
                    {"creditor": creditor},
                ).scalars()
            )
            for table in ARCHIVED
        }


def told_of(engine: Engine, creditor: str, days: list[date]) -> list[object]:
    """Every report of every day, the sub-ledger's balance, and each case's statement."""
    reports = SqlReportStore(engine)
    found: list[object] = []
    for day in days:
        scope = ReportScope(on=day, creditor=creditor)
        found += [
            reports.ageing(scope, AgeingBuckets()),
            reports.dso(scope, 90, YEAR),
            reports.promises(scope),
            reports.forecast(scope, 8),
        ]
    found.append(reports.recovery(YEAR, creditor, ""))
    with engine.connect() as link:
        found += link.execute(_BALANCE, {"creditor": creditor}).all()
        names = "SELECT case_id FROM case_file WHERE creditor = :creditor ORDER BY 1"
        cases = link.execute(text(names), {"creditor": creditor}).scalars().all()
    for file in reads.files_of(engine, cases):
        view = look_at_case(file, LATER)
        found += [file.recorded, file.deeds, view.case, view.state.statement]
    return found
