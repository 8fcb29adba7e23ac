"""A ledger with any number of open cases, filled by SQL: the same in every run."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

from sqlalchemy import Engine, text

from adapters.ledger.cases.cases import put_policy
from adapters.ledger.core.codec import write_decision
from domain.message_types import Stage
from domain.policy.policy_file import standard_policy
from domain.wire import Decision

CREDITOR = "grown"
NOW = datetime(2026, 6, 30, 9, tzinfo=UTC)
TODAY = date(2026, 6, 30)
CUSTOMER_INVOICES = 5
"""Invoices of one customer."""

_DECISION = Decision(
    do="remind", at=NOW, step="polite", why="due+1", number=1, stage=Stage.REMINDING
)

# Nine in ten are due in the next sixty days, some in the last minutes; one in ten had a part paid,
# one in a hundred has a task, each has had two deeds.
_ROWS = (
    """INSERT INTO account (creditor, customer, name, zone, country)
    SELECT :creditor, 'C-' || c, 'Customer ' || md5(c::text), 'Europe/Berlin', 'DE'
    FROM generate_series(:first / 5, :last / 5 - 1) c""",
    """INSERT INTO case_file (case_id, creditor, customer, number, issued, due, currency, amount,
      paid, open, outcome, stage, policy_sha, opened_at, recorded_at, content_sha, decision,
      decision_number, next_do, next_step, next_at, seen_message)
    SELECT 'invoice/' || :creditor || '/R-' || n, :creditor, 'C-' || n / 5, 'R-' || n, d, d + 30,
      'EUR', 20000 + n % 1000, (n % 10 = 1)::int * 1000,
      20000 + n % 1000 - (n % 10 = 1)::int * 1000,
      '', 'reminding', :policy, d, d, md5(n::text), CAST(:decision AS jsonb), 1, 'remind', 'polite',
      CAST(:now AS timestamptz) + interval '1 minute' * (n::bigint * 7919 % 86400 - 20),
      1::bigint << 60
    FROM (SELECT n, CAST(:today AS date) - 60 + (n % 50)::int AS d
          FROM generate_series(:first, :last - 1) n) i""",
    """INSERT INTO message (case_id, key, kind, at, amount, currency, status)
    SELECT 'invoice/' || :creditor || '/R-' || n, 'P-1', 'payment',
      CAST(:now AS timestamptz) - interval '5 days', 1000, 'EUR', 'applied'
    FROM generate_series(:first, :last - 1) n WHERE n % 10 = 1""",
    """INSERT INTO deed (case_id, step, episode, "do", at, result, open)
    SELECT 'invoice/' || :creditor || '/R-' || n, step, 1, 'remind',
      CAST(:now AS timestamptz) - interval '1 day' * days, 'accepted', 20000
    FROM generate_series(:first, :last - 1) n,
      (VALUES ('soon', 20), ('polite', 9)) s(step, days)""",
    """INSERT INTO task (key, kind, case_id, title, due_at)
    SELECT 'call/invoice/' || :creditor || '/R-' || n || '/1', 'call',
      'invoice/' || :creditor || '/R-' || n, 'call', CAST(:now AS timestamptz) + interval '1 day'
    FROM generate_series(:first, :last - 1) n WHERE n % 100 = 7""",
    """INSERT INTO worklist (creditor, customer, score, money, days, work)
    SELECT :creditor, 'C-' || c, c * 7919 % 1000, c * 31 % 1000, c % 60, (c % 20 = 1)::int
    FROM generate_series(:first / 5, :last / 5 - 1) c""",
)


def grow(engine: Engine, first: int, last: int) -> None:
    """Add the cases from one number up to, not including, another."""
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        given = {
            "creditor": CREDITOR,
            "first": first,
            "last": last,
            "policy": put_policy(connection, standard_policy()),
            "decision": json.dumps(write_decision(_DECISION)),
            "now": NOW,
            "today": TODAY,
        }
        for rows in _ROWS:
            statement = text(rows)
            names = statement.compile().params
            connection.execute(statement, {name: given[name] for name in names})
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SET statement_timeout = 0"))
        connection.execute(text("VACUUM ANALYZE"))
