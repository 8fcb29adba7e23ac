"""A database that dies is noticed, and what was promised before it died is still there."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, OperationalError

from activities.ports.types import OutboundState
from adapters.ledger.account.account_repository import SqlAccount
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.core import migrate
from adapters.ledger.core.engine import make_engine
from infra.servers import postgres, processes
from tests import servers
from tests.ledger import factories

STEP = ("polite", 1)


@pytest.fixture
def folder(session_folder: Path) -> Path:
    """A place for a server that will be killed."""
    return session_folder / "doomed"


@pytest.fixture
def doomed(folder: Path) -> Iterator[postgres.PostgresServer]:
    server = servers.start_postgres(folder)
    yield server
    if left := postgres.find(folder):
        postgres.stop(left)


@pytest.fixture
def doomed_engine(doomed: postgres.PostgresServer) -> Iterator[Engine]:
    migrate.upgrade(doomed.url())
    engine = make_engine(doomed.url(), pool_size=2)
    yield engine
    engine.dispose()


def test_a_connection_cut_before_the_commit_is_an_error_and_nothing_is_written(
    ledger: SqlLedger, engine: Engine, case: str
) -> None:
    def cut() -> None:
        with ledger.account_of(case) as account:
            account.cases.add_deed(case, factories.deed())
            with engine.connect() as other:
                other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": _backend(account)})

    with pytest.raises(DBAPIError):
        cut()
    with ledger.account_of(case) as account:
        assert factories.file_of(account, case).deeds == ()


@pytest.mark.crash
def test_a_killed_server_is_an_error_and_the_mark_outlives_it(
    doomed: postgres.PostgresServer, doomed_engine: Engine, folder: Path
) -> None:
    ledger = SqlLedger(doomed_engine)
    case = factories.opened(ledger, factories.invoice("acme"))
    with ledger.account_of(case) as account:
        marked = account.outbound.take_off(case, *STEP, "email", "a@b.example")

    def landing() -> None:
        with ledger.account_of(case) as account:
            account.outbound.land(marked, OutboundState.ACCEPTED, factories.ACCEPTED)
            _kill(doomed, _backend(account))

    with pytest.raises(DBAPIError):
        landing()
    with pytest.raises(OperationalError), ledger.account_of(case):
        pytest.fail("the server is dead")
    servers.start_postgres(folder)

    with ledger.account_of(case) as account:
        found = account.outbound.of_step(case, *STEP)
    assert found is not None
    assert (found.state, found.attempt) == (OutboundState.IN_FLIGHT, 1)
    assert found.age > marked.age


def _backend(account: SqlAccount) -> int:
    return int(account._scope.connection.execute(text("SELECT pg_backend_pid()")).scalar_one())


def _kill(server: postgres.PostgresServer, backend: int) -> None:
    """Both at once: an orphan may still commit before it notices that its parent is dead."""
    for pid in (server.record.pid, backend):
        os.kill(pid, signal.SIGKILL)
    assert processes.wait_until(lambda: not _listens(server), 100)


def _listens(server: postgres.PostgresServer) -> bool:
    try:
        psycopg.connect(server.conninfo(), connect_timeout=1).close()
    except psycopg.OperationalError:
        return False
    return True
