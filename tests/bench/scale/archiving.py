"""What archiving does to a ledger of closed cases: ``python -m tests.bench.scale.archiving``.

Says how fast it goes, what it frees, how long it takes to verify and to bring a case back; and what
BRIN indexes would be instead of those by time. For docs/decisions/0039; ``BENCH_ROWS`` cases.
"""

# ruff: noqa: S608 - these queries are put together from constants of this file only

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text

from adapters.ledger.core import migrate
from adapters.ledger.core.engine import make_engine
from adapters.ledger.erasure.archive import ARCHIVED, SqlArchive
from adapters.ledger.reports.gauges import read_gauges
from infra.servers import postgres
from tests import servers
from tests.bench.setup.grown import CREDITOR, grow

ROWS = int(os.environ.get("BENCH_ROWS", "100000"))
LATER = datetime(2099, 1, 1, tzinfo=UTC)
_N = "generate_series(0, :rows - 1) AS n"
_M = "generate_series(0, :rows * 6 - 1) AS m"
_CASE = f"'invoice/{CREDITOR}/R-'"
_LIVES = (
    "UPDATE case_file SET outcome = 'paid', stage = 'closed', paid = amount, open = 0",
    "UPDATE task SET status = 'done'",
    (
        "INSERT INTO outbound_message (id, creditor, customer, state, attempt, channel, recipient,"
        f" provider_id) SELECT md5(m::text)::uuid, '{CREDITOR}', 'C-' || m / 30, 'accepted', 1,"
        f" 'email', 'c' || m || '@customer.example', md5(m::text) FROM {_M}"
    ),
    (
        "INSERT INTO outbound_item (case_id, step, episode, message_id)"
        f" SELECT {_CASE} || m / 6, 'step' || m % 6, 1, md5(m::text)::uuid FROM {_M}"
    ),
    (
        "INSERT INTO outbound_attempt (message_id, attempt, channel, recipient, result, detail)"
        " SELECT md5(m::text)::uuid, 1, 'email', 'c' || m || '@customer.example', 'accepted', '202'"
        f" FROM {_M}"
    ),
    (
        "INSERT INTO provider_event (dedupe_key, message_id, provider, kind, at, recorded_at)"
        " SELECT md5(m::text), md5(m::text)::uuid::text, 'sendgrid', 'delivered', now(),"
        f" timestamptz '2024-01-01' + m * interval '1 minute' FROM {_M}"
    ),
    f"INSERT INTO event_outcome (dedupe_key, state) SELECT md5(m::text), 'applied' FROM {_M}",
    (
        "INSERT INTO happening (id, creditor, customer, case_id, kind, at, data, recorded_at)"
        f" SELECT md5('h' || m), '{CREDITOR}', 'C-' || m / 30, {_CASE} || m / 6, 'step.done',"
        " now(), jsonb_build_object('step', 'step' || m % 6, 'open', '119.00', 'currency', 'EUR'),"
        f" timestamptz '2024-01-01' + m * interval '1 minute' FROM {_M}"
    ),
    (
        "INSERT INTO contact (creditor, customer, key, at, what, channel, case_id)"
        f" SELECT '{CREDITOR}', 'C-' || m / 30, 'k' || m, now(), 'message', 'email',"
        f" {_CASE} || m / 6 FROM {_M}"
    ),
)
_BRIN = (
    ("provider_event", "ix_provider_event_recorded_at", "recorded_at"),
    ("happening", "ix_happening_creditor_recorded_at", "recorded_at"),
    ("case_file", "ix_case_file_recorded_at", "recorded_at"),
)


def main() -> int:
    """Measure, and print."""
    with servers.session_folder() as folder:
        server = postgres.start(Path(folder) / "grown", Path(folder) / "grown.log")
        migrate.upgrade(server.url())
        engine = make_engine(server.url(), pool_size=3)
        try:
            _measure(engine)
        finally:
            engine.dispose()
            postgres.stop(server)
    return 0


def _measure(engine: Engine) -> None:
    grow(engine, 0, ROWS)
    with engine.begin() as link:
        link.execute(text("SET LOCAL statement_timeout = 0"))
        for query in _LIVES:
            link.execute(text(query), {"rows": ROWS} if ":rows" in query else {})
    _vacuum(engine)
    _say("bytes a case of the tables that it takes from", _bytes(engine) / ROWS)
    _brin(engine)
    archive, count = SqlArchive(engine), min(ROWS, 20_000)
    counting = _took(lambda: archive.waiting(CREDITOR, 1, LATER))
    _say("seconds to count what is to be archived", counting)
    took = _took(lambda: archive.archive(CREDITOR, 1, LATER, count, "bench"))
    _say("cases archived a second", count / took)
    _vacuum(engine)
    packed = _one(engine, "SELECT pg_total_relation_size('archived_case')")
    _say("bytes of an archived case", packed / count)
    _say("bytes of each case that stay", _bytes(engine) / ROWS)
    _say("seconds to verify", _took(lambda: archive.years(CREDITOR)))
    case = _one(engine, "SELECT min(case_id) FROM archived_case")
    _say("seconds to bring one back", _took(lambda: archive.bring_back_case(CREDITOR, case)))
    _say("seconds of the gauges", _took(lambda: read_gauges(engine)))


def _brin(engine: Engine) -> None:
    """Compare an index by time with BRIN: its size, and how long the last hour takes by it."""
    for table, index, column in _BRIN:
        hour = (
            f"SELECT count(*) FROM {table} WHERE {column} > (SELECT max({column}) FROM {table})"
            " - interval '1 hour'"
        )
        size = _one(engine, f"SELECT pg_relation_size('{index}')") / 1e6
        quick = _took(lambda: _one(engine, hour))  # noqa: B023 - called at once
        with engine.begin() as link:
            link.execute(text("SET LOCAL statement_timeout = 0"))
            link.execute(text(f"DROP INDEX {index}"))
            link.execute(text(f"CREATE INDEX brin ON {table} USING brin ({column})"))
            link.execute(text(f"ANALYZE {table}"))
        small = _one(engine, "SELECT pg_relation_size('brin')") / 1e6
        slow = _took(lambda: _one(engine, hour))  # noqa: B023 - called at once
        told = f"{size:.1f} MB, {quick * 1000:.1f} ms; as BRIN {small:.2f} MB, {slow * 1000:.1f} ms"
        sys.stdout.write(f"{index}: {told}\n")
        with engine.begin() as link:
            link.execute(text("DROP INDEX brin"))
            link.execute(text(f"CREATE INDEX {index} ON {table} ({column})"))


def _took(what: Callable[[], object]) -> float:
    began = time.perf_counter()
    what()
    return time.perf_counter() - began


def _one(engine: Engine, query: str) -> Any:
    with engine.connect() as link:
        link.execute(text("SET statement_timeout = 0"))
        return link.execute(text(query)).scalar_one()


def _bytes(engine: Engine) -> float:
    sizes = ", ".join(f"('{table}')" for table in ARCHIVED)
    query = f"SELECT sum(pg_total_relation_size(t::regclass)) FROM (VALUES {sizes}) AS v(t)"
    return float(_one(engine, query))


def _vacuum(engine: Engine) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as link:
        link.execute(text("SET statement_timeout = 0"))
        link.execute(text("VACUUM ANALYZE"))


def _say(what: str, value: float) -> None:
    sys.stdout.write(f"{what}: {value:,.3f}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
