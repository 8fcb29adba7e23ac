"""How long the reports take over a hundred thousand invoices, their messages and their deeds."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date

from sqlalchemy import Engine, text

from activities.ports.stores.reports import Period, ReportScope
from adapters.ledger.cases.cases import put_policy
from adapters.ledger.reports.promises import promises
from adapters.ledger.reports.recovery import recovery
from adapters.ledger.reports.reports import ageing, dso
from domain.history.reports import AgeingBuckets
from domain.policy.policy_file import standard_policy
from tests.bench.setup.figures import Figure, Target

INVOICES = 100_000
WANTED = Target(20)
FIRST_DAY = date(2025, 1, 1)
TODAY = date(2026, 6, 30)
LONG_AGO = date(2025, 12, 31)

# Two creditors, two currencies; nine in ten have paid, one in ten in two parts and one in ten
# after a promise; a few credited, contested or written off; some went to the agency.
_ROWS = (
    """INSERT INTO account (creditor, customer, zone, country)
    SELECT 'big-' || c % 2, 'C-' || c, CASE WHEN c % 3 = 0 THEN 'Europe/London'
      ELSE 'Europe/Berlin' END, 'DE' FROM generate_series(0, :count / 5) c""",
    """INSERT INTO case_file (case_id, creditor, customer, number, issued, due, currency, amount,
      paid, credited, written_off, open, disputed, settled_at, days_late, handed_off, outcome,
      policy_sha, opened_at, content_sha)
    SELECT 'invoice/big-' || n / 5 % 2 || '/R-' || n, 'big-' || n / 5 % 2, 'C-' || n / 5, 'R-' || n,
      d, d + 30, CASE WHEN n % 4 = 0 THEN 'USD' ELSE 'EUR' END, 20000,
      CASE WHEN n % 20 = 7 OR n % 10 = 9 THEN 0 ELSE 20000 - CASE WHEN n % 25 = 3 THEN 1000
        ELSE 0 END END,
      CASE WHEN n % 25 = 3 THEN 1000 ELSE 0 END, CASE WHEN n % 20 = 7 THEN 20000 ELSE 0 END,
      CASE WHEN n % 10 = 9 THEN 20000 ELSE 0 END, CASE WHEN n % 50 = 9 THEN 5000 ELSE 0 END,
      CASE WHEN n % 20 = 7 OR n % 10 = 9 THEN NULL ELSE d + 25 + n % 40 END,
      CASE WHEN n % 20 = 7 OR n % 10 = 9 THEN 0 ELSE greatest(0, n % 40 - 5) END,
      n % 30 = 9, CASE WHEN n % 10 = 9 THEN '' ELSE 'paid' END, :policy, d, ''
    FROM (SELECT n, CAST(:first AS date) + n * 7 % 500 AS d
          FROM generate_series(0, :count - 1) n) i""",
    """INSERT INTO message (case_id, key, kind, at, amount, currency, status)
    SELECT case_id, 'P-' || part, 'payment', issued + 20 + n % 40 + part * 5,
      CASE part WHEN 1 THEN paid - paid / 2 * (n % 10 = 1)::int ELSE paid / 2 END, currency,
      'applied'
    FROM (SELECT *, substr(number, 3)::int AS n FROM case_file
      WHERE creditor LIKE 'big-%') f, generate_series(1, 2) part
    WHERE paid > 0 AND (part = 1 OR n % 10 = 1)""",
    """INSERT INTO message (case_id, key, kind, at, amount, currency, status)
    SELECT case_id, 'N', 'credit_note', issued + 15, credited, currency, 'applied'
    FROM case_file WHERE credited > 0 AND creditor LIKE 'big-%'""",
    """INSERT INTO message (case_id, key, kind, at, status)
    SELECT case_id, 'W', 'write_off', issued + 200, 'applied'
    FROM case_file WHERE written_off > 0 AND creditor LIKE 'big-%'""",
    """INSERT INTO message (case_id, key, kind, at, amount, currency, status)
    SELECT case_id, 'D', 'dispute_opened', issued + 40, disputed, currency, 'applied'
    FROM case_file WHERE disputed > 0 AND creditor LIKE 'big-%'""",
    """INSERT INTO message (case_id, key, kind, at, day, check_at, by_whom, status)
    SELECT case_id, 'V', 'promise', due + 8, due + 20, due + 22, 'collector ' || n % 7, 'applied'
    FROM (SELECT *, substr(number, 3)::int AS n FROM case_file
      WHERE creditor LIKE 'big-%') f WHERE n % 10 IN (4, 9)""",
    """INSERT INTO deed (case_id, step, episode, "do", at, result, open)
    SELECT case_id, step, 1, CASE step WHEN 'call' THEN 'call_task' WHEN 'plan_b' THEN 'hand_off'
      ELSE 'remind' END, due + days, 'accepted', amount
    FROM case_file, (VALUES ('received', -20), ('soon', -5), ('polite', 1), ('second', 6),
      ('call', 8), ('firm', 16), ('final', 31), ('plan_b', 45)) AS s(step, days)
    WHERE creditor LIKE 'big-%' AND (settled_at IS NULL OR due + days < settled_at)
      AND (step <> 'plan_b' OR handed_off)""",
)


def measure(engine: Engine) -> Iterator[Figure]:
    """Fill the ledger, then ask each report once; its first answer counts."""
    fill(engine, INVOICES)
    year = Period(first=date(2025, 7, 1), last=TODAY)
    asked: dict[str, Callable[[], object]] = {
        "ageing of today": lambda: ageing(engine, ReportScope(on=TODAY), AgeingBuckets()),
        "ageing of half a year ago": lambda: ageing(
            engine, ReportScope(on=LONG_AGO), AgeingBuckets()
        ),
        "DSO, and CEI of a year": lambda: dso(engine, ReportScope(on=TODAY), 90, year),
        "promises": lambda: promises(engine, ReportScope(on=TODAY)),
        "recovery of a year": lambda: recovery(engine, year),
    }
    for name, ask in asked.items():
        began = time.perf_counter()
        ask()
        yield Figure(
            measure=f"seconds for a report over {INVOICES:,} invoices",
            measured=name,
            value=time.perf_counter() - began,
            target=WANTED,
        )


def fill(engine: Engine, count: int) -> None:
    """A made-up year and a half of invoices, the same in every run."""
    with engine.begin() as connection:
        sha = put_policy(connection, standard_policy())
        given = {"count": count, "policy": sha, "first": FIRST_DAY}
        for rows in _ROWS:
            statement = text(rows)
            names = statement.compile().params
            connection.execute(statement, {name: given[name] for name in names})
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
