"""How long each migration holds which lock on tables of a million rows.

``python -m tests.bench.scale.migrating`` says so, and ``BENCH_ROWS=10000`` makes it quick. The
tables are made by the first migrations, filled, and then every later migration runs on them.
Prints a table for docs/versioning.md.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, event, text

from adapters.ledger.core import migrate
from infra.servers import postgres
from tests import servers

ROWS = int(os.environ.get("BENCH_ROWS", "1000000"))
FIRST = "0009"
"""From this revision on all tables exist that grow with cases."""

BIG = (
    *("account", "case_file", "message", "deed", "outbound_message", "outbound_item"),
    *("outbound_attempt", "provider_event", "contact", "happening", "task"),
    *("payment", "payment_part"),
)
_STRONG = ("AccessExclusiveLock", "ExclusiveLock", "ShareRowExclusiveLock", "ShareLock")
_WHO = {"AccessExclusiveLock": "everybody"}
_GIVEN = {
    "creditor": "'acme'",
    "customer": "'C-' || n",
    "case_id": "'invoice/acme/R-' || n",
    "id": "md5(n::text)::uuid",
    "message_id": "md5(n::text)::uuid",
    "kind": "'payment'",
    "what": "'message'",
    "state": "'accepted'",
    "status": "'applied'",
    "policy_sha": "'p'",
    "amount": "1000",
    "open": "1000",
    "do": "'remind'",
}
_OWN = {
    "provider_event": {"message_id": "md5(n::text)"},
    "happening": {"id": "'h' || n"},
    "payment": {"id": "'p' || n", "source": "'bank'", "kind": "'payment'"},
    "payment_part": {"id": "'p' || n", "source": "'bank'"},
    "task": {"status": "'open'"},
    "credit_change": {"after": "'ok'"},
}
_COLUMNS = text(
    "SELECT column_name AS name, data_type AS type FROM information_schema.columns"
    " WHERE table_schema = 'public' AND table_name = :table AND is_nullable = 'NO'"
    " AND is_identity = 'NO'"
)
_BY_TYPE = {
    "text": "'x' || n",
    "bigint": "0",
    "integer": "1",
    "date": "date '2026-01-01'",
    "boolean": "false",
    "timestamp with time zone": "now()",
    "uuid": "md5(n::text)::uuid",
    "ARRAY": "'{}'",
    "jsonb": "'{}'",
    "bytea": "''",
}
_LOCKS = text(
    "SELECT c.relname AS name, l.mode FROM pg_locks AS l JOIN pg_class AS c ON c.oid = l.relation"
    " WHERE l.pid = pg_backend_pid() AND l.granted AND c.relkind = 'r'"
)


@dataclass(frozen=True)
class Held:
    """A lock that a migration held on a table, from its statement to the end of the migration."""

    revision: str
    table: str
    mode: str
    seconds: float


def main() -> int:
    """Fill a ledger, bring it up to date, and print who waited for what."""
    with servers.session_folder() as folder:
        found = list(_measured(Path(folder)))
    sys.stdout.write("| migration | table | lock | who waits | seconds |\n|---|---|---|---|---|\n")
    for one in found:
        who = _WHO.get(one.mode, "writers")
        line = f"| `{one.revision}` | `{one.table}` | {one.mode} | {who} | {one.seconds:.2f} |\n"
        sys.stdout.write(line)
    return 0


def _measured(folder: Path) -> Iterator[Held]:
    server = postgres.start(folder / "grown", folder / "grown.log")
    try:
        url = server.url()
        with migrate._connected(url) as link:
            command.upgrade(migrate._config(link), FIRST)
            _fill(link)
        with migrate._connected(url) as link:
            link.execute(text("ANALYZE"))
        for revision in _later(url):
            yield from _one(url, revision)
    finally:
        postgres.stop(server)


def _later(url: str) -> list[str]:
    with migrate._connected(url) as link:
        scripts = ScriptDirectory.from_config(migrate._config(link))
        known = [one.revision for one in scripts.walk_revisions()]
    return sorted(one for one in known if one > FIRST)


def _fill(link: Connection) -> None:
    link.execute(text("SET LOCAL session_replication_role = replica"))
    link.execute(text("INSERT INTO policy (sha256, name, body) VALUES ('p', 'p', '{}')"))
    for table in BIG:
        columns = list(link.execute(_COLUMNS, {"table": table}))
        own = _OWN.get(table, {})
        said = {
            row.name: own.get(row.name, _GIVEN.get(row.name, _BY_TYPE[row.type])) for row in columns
        }
        names = ", ".join(f'"{name}"' for name in said)
        values = ", ".join(said.values())
        query = f"INSERT INTO {table} ({names}) SELECT {values} FROM generate_series(1, {ROWS}) n"  # noqa: S608 - our own tables
        began = time.monotonic()
        link.execute(text(query))
        sys.stderr.write(f"{table}: {time.monotonic() - began:.0f} s\n")


def _one(url: str, revision: str) -> Iterator[Held]:
    """Run one migration; a lock counts from the beginning of the statement that took it."""
    watch = _Watch()
    with migrate._connected(url) as link:
        event.listen(link, "before_cursor_execute", watch.begins)
        event.listen(link, "after_cursor_execute", watch.ended)
        command.upgrade(migrate._config(link), revision)
    ended = time.monotonic()
    sys.stderr.write(f"{revision}\n")
    for (table, mode), began in sorted(watch.since.items()):
        yield Held(revision, table, mode, ended - began)


class _Watch:
    """Looks after each statement of a migration which locks it has taken."""

    def __init__(self) -> None:
        self.since: dict[tuple[str, str], float] = {}
        self._began = time.monotonic()

    def begins(self, *given: object) -> None:
        if _LOCKS.text != str(given[2]):
            self._began = time.monotonic()

    def ended(self, link: Connection, *given: object) -> None:
        if _LOCKS.text == str(given[1]):
            return
        for row in link.exec_driver_sql(_LOCKS.text).all():
            if row.name in BIG and row.mode in _STRONG:
                self.since.setdefault((row.name, row.mode), self._began)


if __name__ == "__main__":
    sys.exit(main())
