"""How much room a case takes in the ledger and in Temporal: ``python -m tests.bench.sizing``.

A crowd of cases lives on the real servers, by the shipped policy; the rows that it leaves are then
copied until there are enough for pages and indexes to tell. docs/capacity.md holds what came out.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator

from sqlalchemy import Connection, Engine, text
from temporalio.api.enums.v1 import EventType
from temporalio.client import Client

from adapters.ledger.core.engine import make_engine
from adapters.runtime.machine import leave
from domain.policy.policy_file import standard_policy
from starter.rehearsal.by_temporal import RealWorld
from starter.rehearsal.server import passing_ledger, passing_temporal
from tests.bench.setup import synthetic

LIVES = 100
COPIES = 200
CREDITOR = "rehearsal"
BILLED = {
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED,
    EventType.EVENT_TYPE_TIMER_STARTED,
    EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
    EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES,
}
"""What Temporal Cloud calls an action; an activity that is tried again is one more."""

KEPT = {"alembic_version", "policy", "creditor", "rate"}
"""Tables that do not grow with cases."""


async def main() -> None:
    """Let the crowd live, copy it, and print what one case takes."""
    policy = standard_policy()
    with passing_ledger() as url:
        async with passing_temporal() as env:
            world = RealWorld(env, url, policy)
            async with world.worker():
                await world.run(synthetic.script(LIVES, policy), lambda _: None)
            told = await _histories(env.client)
        world.close()
        engine = make_engine(url)
        for line in _ledger(engine):
            _say(line)
        engine.dispose()
    for name, value in told.items():
        _say(f"| {name} of a life | {value:,.1f} |")


async def _histories(client: Client) -> dict[str, float]:
    """What a life leaves in Temporal, on average: events, bytes, and what the Cloud bills."""
    found = dict.fromkeys(("runs", "events", "bytes of history", "actions"), 0)
    async for run in client.list_workflows():
        handle = client.get_workflow_handle(run.id, run_id=run.run_id)
        info = (await handle.describe()).raw_info
        found["runs"] += 1
        found["events"] += info.history_length
        found["bytes of history"] += info.history_size_bytes
        found["actions"] += sum(
            [event.event_type in BILLED async for event in handle.fetch_history_events()]
        )
    return {name: value / LIVES for name, value in found.items()}


def _ledger(engine: Engine) -> Iterator[str]:
    """One line for each table: rows, bytes of rows and bytes of indexes of one case."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as link:
        link.execute(text("SET session_replication_role = replica"))  # copies need no checks
        tables = list(link.scalars(text("SELECT relname FROM pg_stat_user_tables ORDER BY 1")))
        grown = [name for name in tables if name not in KEPT and _copy(link, name)]
        link.execute(text("VACUUM ANALYZE"))
        for name in grown:
            rows, heap, index = link.execute(text(_SIZE.format(name))).one()
            each = LIVES * (COPIES + 1)
            yield f"| `{name}` | {rows / each:.1f} | {heap / each:,.0f} | {index / each:,.0f} |"


_SIZE = """SELECT (SELECT count(*) FROM {0}), pg_table_size('{0}'), pg_indexes_size('{0}')"""

_COLUMNS = text(
    "SELECT column_name, data_type, is_identity = 'YES' OR column_default LIKE 'nextval%' "
    "FROM information_schema.columns WHERE table_name = :name AND table_schema = 'public' "
    "AND is_generated = 'NEVER' ORDER BY ordinal_position"
)


def _copy(link: Connection, name: str) -> bool:
    """Copy the rows of a table under the names of other creditors; tells whether it has any."""
    if not link.scalar(text(f"SELECT count(*) FROM {name}")):  # noqa: S608 - a table of ours
        return False
    columns = [(column, kind) for column, kind, own in link.execute(_COLUMNS, {"name": name})
               if not own]  # fmt: skip
    made = ", ".join(_copied(f'"{column}"', kind) for column, kind in columns)
    names = ", ".join(f'"{column}"' for column, _ in columns)
    link.execute(
        text(
            f"INSERT INTO {name} ({names}) SELECT {made} FROM {name}, "  # noqa: S608 - as above
            f"generate_series(1, {COPIES}) k"
        )
    )
    return True


def _copied(column: str, kind: str) -> str:
    if kind == "uuid":
        return f"md5({column}::text || k)::uuid"
    if kind in {"text", "json", "jsonb"}:
        return f"replace({column}::text, '{CREDITOR}', '{CREDITOR}' || k)::{kind}"
    return column


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    asyncio.run(main())
    leave()
