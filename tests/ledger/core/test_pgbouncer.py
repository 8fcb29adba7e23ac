"""The ledger behind a real PgBouncer in transaction mode, with fewer sessions than it has users."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, QueuePool, make_url, text
from sqlalchemy.exc import OperationalError

from activities.case_service import CaseService
from activities.ports.types import BusyError
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.core import migrate
from adapters.ledger.core.engine import is_pooled, ledger_url, make_engine
from adapters.temporal.queues import Duty
from domain.message_types import MessageType
from starter.api.app import THREADS
from tests.ledger import factories
from worker import SPARE

PROGRAM = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
SESSIONS, USERS = 3, 12
"""Sessions of the server, and threads of ours that share them."""

pytestmark = pytest.mark.skipif(not PROGRAM, reason="no pgbouncer here (Debian: pgbouncer)")


@pytest.fixture
def pooled_url(fresh_database_url: Callable[[], str], tmp_path: Path) -> Iterator[str]:
    """The address of a PgBouncer before a new, empty database."""
    server = make_url(fresh_database_url())
    port = _free_port()
    target = f"host={server.query['host']} port={server.query['port']} user={server.username}"
    config = tmp_path / "pgbouncer.ini"
    config.write_text(
        f"[databases]\n{server.database} = {target}\n"
        f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nauth_type = any\n"
        f"pool_mode = transaction\ndefault_pool_size = {SESSIONS}\nmax_client_conn = 200\n"
        f"logfile = {tmp_path / 'pgbouncer.log'}\nunix_socket_dir =\n"
    )
    _let_pass(tmp_path)
    # It refuses root, and only the server's own user reaches the server's socket.
    owner = None if os.geteuid() else Path(str(server.query["host"])).stat().st_uid
    with subprocess.Popen([str(PROGRAM), str(config)], stderr=subprocess.PIPE, user=owner) as run:
        try:
            _until_it_listens(port, run)
            url = f"postgresql://{server.username}@127.0.0.1:{port}/{server.database}"
            yield f"{url}?pgbouncer=true"
        finally:
            run.kill()


def _let_pass(folder: Path) -> None:
    """Somebody else than root has to write here."""
    if os.geteuid() == 0:
        folder.chmod(0o777)
        for parent in folder.parents[:3]:  # of this test, this process, this run
            parent.chmod(parent.stat().st_mode | 0o011)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _until_it_listens(port: int, run: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        assert run.poll() is None, (run.stderr.read() if run.stderr else b"").decode()
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("PgBouncer does not listen")


@pytest.fixture
def pooled(pooled_url: str) -> Iterator[Engine]:
    """A migrated ledger behind it."""
    migrate.upgrade(pooled_url)
    migrate.check_schema(pooled_url)
    engine = make_engine(pooled_url, pool_size=USERS, patience="700ms")
    yield engine
    engine.dispose()


def _life(desk: CaseService, number: int) -> str:
    """Open a case of a customer of its own, hear a promise, then all the money."""
    given = factories.invoice(f"acme-{number % 4}", number=f"R-{number}", customer=f"C-{number}")
    desk.open(given)
    promised = {"id": f"a-{number}", "date": "2026-03-09"}
    assert desk.say(given.case_id, MessageType.PROMISE, promised)[0].accepted
    paid = {"id": f"p-{number}", "amount": "119.00"}
    assert desk.say(given.case_id, MessageType.PAYMENT, paid)[0].accepted
    return given.case_id


def test_many_cases_at_once_live_over_few_sessions(pooled: Engine) -> None:
    desk = CaseService(SqlLedger(pooled), lambda: factories.NOON)
    cases = [_life(desk, 0)]  # it writes the policy down: all others would wait for its commit
    with ThreadPoolExecutor(USERS) as pool:
        cases += pool.map(lambda number: _life(desk, number), range(1, 60))

    with pooled.connect() as link:
        paid = link.execute(text("SELECT count(*) FROM case_file WHERE open = 0"))
        assert paid.scalar() == 60
        sessions = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        assert link.execute(text(sessions)).scalar_one() <= SESSIONS
    assert len(set(cases)) == 60


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("timezone", "UTC"),
        ("lock_timeout", "700ms"),
        ("statement_timeout", "1min"),
        ("idle_in_transaction_session_timeout", "1min"),
    ],
)
def test_each_transaction_has_our_settings_whichever_session_it_meets(
    pooled: Engine, name: str, value: str
) -> None:
    def shown(_: int) -> str:
        with pooled.begin() as link:
            link.execute(text("SELECT pg_sleep(0.02)"))
            return str(link.execute(text(f"SHOW {name}")).scalar_one())

    with ThreadPoolExecutor(USERS) as pool:
        assert set(pool.map(shown, range(24))) == {value}


def test_what_is_read_in_one_instant_is_of_one_instant(pooled: Engine) -> None:
    with pooled.connect().execution_options(isolation_level="REPEATABLE READ") as link:
        shown = link.execute(text("SHOW transaction_isolation")).scalar_one()
        assert shown == "repeatable read"
    with pooled.connect() as link:
        assert link.execute(text("SHOW transaction_isolation")).scalar_one() == "read committed"


def test_who_does_not_get_a_lock_is_told_in_time_and_nothing_stays_locked(pooled: Engine) -> None:
    desk = CaseService(SqlLedger(pooled), lambda: factories.NOON)
    given = factories.invoice("acme")
    desk.open(given)
    paid = {"id": "p-1", "amount": "119.00"}
    with pooled.begin() as link:
        link.execute(text("SELECT 1 FROM account FOR UPDATE"))
        with pytest.raises(BusyError):
            desk.say(given.case_id, MessageType.PAYMENT, paid)
    assert desk.say(given.case_id, MessageType.PAYMENT, paid)[0].accepted


def test_without_the_word_in_the_address_it_is_refused_and_not_silently_without_limits(
    pooled_url: str,
) -> None:
    engine = make_engine(pooled_url.removesuffix("?pgbouncer=true"))
    with pytest.raises(OperationalError, match="unsupported startup parameter"):
        engine.connect()


@pytest.mark.parametrize(("query", "pooled"), [("", False), ("?pgbouncer=true", True)])
def test_the_word_is_ours_and_never_reaches_the_server(query: str, pooled: bool) -> None:
    url = f"postgresql://amicable@db.example:6432/amicable{query}"
    assert is_pooled(url) is pooled
    assert "pgbouncer" not in ledger_url(url).query


def test_the_page_says_how_many_connections_a_process_opens_at_most() -> None:
    page = (Path(__file__).resolve().parents[3] / "docs" / "operations.md").read_text()
    slots = sum(duty.slots for duty in Duty)
    engine = make_engine("postgresql://nobody@127.0.0.1:9/nothing", pool_size=1)
    assert isinstance(engine.pool, QueuePool)
    rush = engine.pool._max_overflow
    worker, gateway = slots + SPARE + rush, THREADS + rush

    assert f"| {worker}: one for each of its {slots} slots, four to spare, four for a" in page
    assert f"| its slots + {SPARE + rush} |" in page
    assert f"| {gateway}: one for each of {THREADS} requests that are at work" in page
    times = "\N{MULTIPLICATION SIGN}"
    assert f"{worker} {times} workers + {gateway} {times} gateways + 10" in page
    assert f"{3 * worker + 2 * gateway + 10} for three workers and two gateways" in page
