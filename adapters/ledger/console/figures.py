"""The figures of a desk: reasons for being late, people's work, messages and what came back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, text

from activities.ports.incoming import ReportKind
from activities.ports.stores.console.figures import ReasonRow, SentRow, SpanOfDays, WorkRow
from adapters.ledger.core.engine import reading
from domain.calls.results import CONVERSATIONS
from domain.message_types import MessageType
from domain.money import Money

_WITH_REASON = (
    *(MessageType.DISPUTE_OPENED, MessageType.CALL_RESULT),
    *(MessageType.PAUSE, MessageType.WRITE_OFF),
)
_AGREED = (MessageType.PROMISE, MessageType.PLAN_PROPOSED, MessageType.SETTLEMENT)
_UNCOUNTED = (MessageType.NUDGE, MessageType.POLICY_CHANGED, MessageType.CONTACT_NEWS)

_REASONS = text("""
SELECT currency, kind AS said, reason, count(*) AS invoices, sum(amount) AS minor
FROM (
  SELECT DISTINCT f.case_id, f.currency, f.amount, m.kind, m.reason
  FROM message m JOIN case_file f USING (case_id)
  WHERE f.creditor = :creditor AND (:currency = '' OR f.currency = :currency)
    AND m.status = 'applied' AND m.kind = ANY(:kinds) AND m.reason <> ''
    AND m.at >= :begins AND m.at < :ends
) said
GROUP BY currency, kind, reason ORDER BY currency, count(*) DESC, kind, reason
""")

_WORK = text("""
WITH did AS (
  SELECT m.by_whom AS person, f.customer, m.kind, m.reason, 0 AS late
  FROM message m JOIN case_file f USING (case_id)
  WHERE f.creditor = :creditor AND m.status <> 'refused' AND m.by_whom = ANY(:people)
    AND NOT m.kind = ANY(:uncounted) AND m.at >= :begins AND m.at < :ends
  UNION ALL
  SELECT t.done_by, f.customer, 'a task', '', (t.done_at > t.due_at)::int
  FROM task t JOIN case_file f USING (case_id)
  WHERE f.creditor = :creditor AND t.status = 'done' AND t.done_by = ANY(:people)
    AND t.done_at >= :begins AND t.done_at < :ends
  UNION ALL
  SELECT n.by_whom, n.customer, 'a note', '', 0 FROM note n
  WHERE n.creditor = :creditor AND n.by_whom = ANY(:people)
    AND n.recorded_at >= :begins AND n.recorded_at < :ends
)
SELECT person, count(DISTINCT customer) AS customers,
  count(*) FILTER (WHERE kind = 'call_result') AS calls,
  count(*) FILTER (WHERE kind = 'call_result' AND reason = ANY(:spoken)) AS reached,
  count(*) FILTER (WHERE kind = ANY(:agreed)) AS agreements,
  count(*) FILTER (WHERE kind = 'dispute_opened') AS disputes,
  count(*) FILTER (WHERE kind NOT IN ('call_result', 'dispute_opened', 'a task', 'a note')
                   AND NOT kind = ANY(:agreed)) AS other,
  count(*) FILTER (WHERE kind = 'a task') AS tasks, coalesce(sum(late), 0) AS late,
  count(*) FILTER (WHERE kind = 'a note') AS notes
FROM did GROUP BY person ORDER BY person
""")

_PEOPLE = text("""
SELECT name FROM console_person WHERE creditor = :creditor
UNION SELECT name FROM colleague WHERE creditor = :creditor
""")

_CONTACTS = text("""
WITH gone AS (
  SELECT o.id, o.channel, o.state, min(split_part(i.step, '~', 1)) AS step
  FROM outbound_message o JOIN outbound_item i ON i.message_id = o.id
  WHERE o.creditor = :creditor AND o.recorded_at >= :begins AND o.recorded_at < :ends
  GROUP BY o.id
), heard AS (
  SELECT g.id, bool_or(e.kind = ANY(:delivered)) AS delivered,
    bool_or(e.kind = ANY(:opened)) AS opened, bool_or(e.kind = ANY(:failed)) AS failed
  FROM gone g JOIN provider_event e ON e.message_id = g.id::text GROUP BY g.id
), answered AS (
  SELECT DISTINCT g.id FROM gone g JOIN reply r ON r.message_id = g.id::text
  WHERE r.creditor = :creditor AND r.sort = 'reply'
)
SELECT channel, step,
  count(*) FILTER (WHERE state IN ('accepted', 'unknown_closed')) AS left,
  count(*) FILTER (WHERE delivered OR opened) AS delivered,
  count(*) FILTER (WHERE opened) AS opened, count(*) FILTER (WHERE failed) AS failed,
  count(a.id) AS answered, count(*) FILTER (WHERE state = 'rejected') AS refused
FROM gone LEFT JOIN heard USING (id) LEFT JOIN answered a USING (id)
GROUP BY channel, step ORDER BY channel, step
""")

_HEARD = {
    "delivered": [ReportKind.DELIVERED.value],
    "opened": [
        one.value
        for one in (
            *(ReportKind.OPENED, ReportKind.CLICKED),
            *(ReportKind.CONFIRMED, ReportKind.HEARD),
        )
    ],
    "failed": [ReportKind.BOUNCED.value, ReportKind.FAILED.value],
}


def reasons_for_lateness(
    engine: Engine, creditor: str, span: SpanOfDays, currency: str
) -> tuple[ReasonRow, ...]:
    """Count the reasons that were said, each once for an invoice."""
    asked = {"kinds": [kind.value for kind in _WITH_REASON], "currency": currency}
    return tuple(
        ReasonRow(
            currency=row["currency"],
            said=row["said"],
            reason=row["reason"],
            invoices=row["invoices"],
            invoiced=Money(int(row["minor"]), row["currency"]),
        )
        for row in _rows(engine, _REASONS, creditor, span, **asked)
    )


def work_of_people(engine: Engine, creditor: str, span: SpanOfDays) -> tuple[WorkRow, ...]:
    """Count what the people of a creditor did; programs and machines are none."""
    with reading(engine) as connection:
        people = list(connection.execute(_PEOPLE, {"creditor": creditor}).scalars())
    asked = {
        "people": people,
        "spoken": [str(one) for one in CONVERSATIONS],
        "agreed": [kind.value for kind in _AGREED],
        "uncounted": [kind.value for kind in _UNCOUNTED],
    }
    return tuple(WorkRow(**row) for row in _rows(engine, _WORK, creditor, span, **asked))


def contacts_by_step(engine: Engine, creditor: str, span: SpanOfDays) -> tuple[SentRow, ...]:
    """Count messages by channel and step, with what came back of them up to now."""
    return tuple(SentRow(**row) for row in _rows(engine, _CONTACTS, creditor, span, **_HEARD))


def _rows(
    engine: Engine, query: Any, creditor: str, span: SpanOfDays, **asked: Any
) -> list[dict[str, Any]]:
    given = {"creditor": creditor, "begins": span.begins, "ends": span.ends, **asked}
    with reading(engine) as connection:
        return [dict(row) for row in connection.execute(query, given).mappings()]
