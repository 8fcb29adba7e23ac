"""The drill: dump, lose everything, restore an older dump, hold, post again; nothing is doubled."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url
from temporalio.testing import WorkflowEnvironment

from adapters.ledger.cases.holds import set_hold
from adapters.ledger.core import migrate
from domain.case.model import Invoice
from infra.servers import binaries
from infra.servers.postgres import PostgresServer
from tests.workflows.workers.installation import Installation, installed

Four = tuple[Invoice, ...]


@pytest.fixture
def programs(postgres_server: PostgresServer) -> Callable[..., None]:
    """PostgreSQL's own programs, on this session's server."""

    def run(name: str, database: str, *options: str) -> None:
        command = [str(binaries.postgres() / name), *options]
        command += ["--dbname", postgres_server.conninfo(database)]
        subprocess.run(command, check=True, capture_output=True)

    return run


async def test_an_older_ledger_is_restored_and_nobody_hears_anything_twice(
    temporal_env: WorkflowEnvironment,
    fresh_database_url: Callable[[], str],
    postgres_server: PostgresServer,
    programs: Callable[..., None],
    tmp_path: Path,
) -> None:
    before = await _installation(temporal_env, fresh_database_url(), tmp_path)
    dump = tmp_path / "ledger.dump"
    four = tuple(before.ledger.invoice(due_in=-3) for _ in range(4))
    await _live(before, four, lambda: programs("pg_dump", _name(before), "-Fc", f"--file={dump}"))

    # All is lost, Temporal too, and the dump is what there is.
    with psycopg.connect(postgres_server.conninfo(_name(before)), autocommit=True) as link:
        link.execute("DROP SCHEMA public CASCADE")
    after = await installed(temporal_env, fresh_database_url(), tmp_path)
    programs("pg_restore", _name(after), str(dump))
    await _come_back(after, four)

    paying = four[1]
    paid = after.ledger.row(paying.case_id)
    assert (paid.paid, paid.open.minor, paid.surplus.minor) == (paying.amount, 0, 0)
    assert len(after.ledger.letters()) == 4, "one for each customer, as before"
    after.engine.dispose()


async def _live(before: Installation, four: Four, dump: Callable[[], None]) -> None:
    """Two are reminded before the dump, one is reminded after it, and one is new then."""
    early, paying, late, new = four
    async with before.working():
        cases = [await before.open(one) for one in (early, paying)]
        await before.until_reminded(*cases)
    cases.append(await before.open(late))
    dump()
    async with before.working():
        cases.append(await before.open(new))
        await before.until_reminded(*cases[2:])
        assert (await before.pay(paying)).accepted
        assert await cases[1].result() == "paid"
    assert len(before.ledger.letters()) == 4
    before.engine.dispose()


async def _come_back(after: Installation, four: Four) -> None:
    """What docs/operations.md tells to do, in its order."""
    cases = [after.client.get_workflow_handle(one.case_id) for one in four]
    set_hold(after.engine, on=True, by="ann")
    async with after.working():
        await after.start_what_is_open()
        await after.open(four[3])
        await after.until_held(cases[2].id, cases[3].id)
        assert len(after.ledger.letters()) == 4
        posted = [await after.pay(four[1]) for _ in range(2)]
        seen = [await after.remind_elsewhere(case) for case in cases[2:]]
        await after.amicable.wake(after.release())

        assert await cases[1].result() == "paid"
        await after.until_next_is("call", cases[0].id, cases[2].id, cases[3].id)
    assert all(one.accepted for one in posted)
    assert all(one.accepted for one in seen)


async def _installation(env: WorkflowEnvironment, url: str, folder: Path) -> Installation:
    migrate.upgrade(url)
    return await installed(env, url, folder)


def _name(installation: Installation) -> str:
    return str(make_url(installation.url).database)
