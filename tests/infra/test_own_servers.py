"""Servers of one's own in place of the embedded ones: examined as they are, never doubled."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from temporalio.client import Client
from temporalio.testing import WorkflowEnvironment

from adapters.ledger.core import migrate
from domain.names import TASK_QUEUE
from infra import bootstrap, doctor
from infra.doctor import OwnServers
from infra.findings import Remedy
from tests.workflows.factories import PATIENCE

ROOT = Path(__file__).parents[2]
NOBODY = "127.0.0.1:9"


@pytest.fixture
def target(temporal_env: WorkflowEnvironment) -> str:
    """A Temporal server that `up` has not started."""
    return temporal_env.client.service_client.config.target_host


def _own(url: str, target: str, namespace: str = "default") -> OwnServers:
    async def connect() -> Client:
        client = await Client.connect(target, namespace=namespace)
        await bootstrap.prepare(client)
        return client

    return OwnServers(url, target, connect)


def _wrong(own: OwnServers, home: Path) -> dict[str, Remedy | None]:
    return {one.what: one.remedy for one in doctor.examine(home, own) if not one.ok}


def _well(own: OwnServers, home: Path) -> list[str]:
    return [one.what for one in doctor.examine(home, own) if one.ok]


def test_servers_of_ones_own_are_examined_and_nobody_is_sent_to_up(
    target: str, fresh_database_url: Callable[[], str], tmp_path: Path
) -> None:
    """Fault F9: it said "the servers do not run; run amicable up", and checked none of them."""
    url = fresh_database_url()
    own = _own(url, target, "served-by-nobody")
    empty = _wrong(own, tmp_path)
    migrate.upgrade(url)
    wrong, well = _wrong(own, tmp_path), _well(own, tmp_path)

    assert empty["The ledger has its tables"] is Remedy.MIGRATE
    assert {"The ledger answers", "The ledger has its tables"} <= set(well)
    assert f"Temporal answers at {target}" in well
    assert wrong["Workers that ask for work: 0"] is Remedy.SERVE
    assert not any("PostgreSQL's programs" in what for what in (*wrong, *well))
    assert Remedy.START not in wrong.values()


def test_servers_of_ones_own_that_do_not_answer_are_named(tmp_path: Path) -> None:
    url = f"postgresql://nobody@{NOBODY}/nothing"
    wrong = _wrong(_own(url, NOBODY), tmp_path)
    assert set(wrong) == {"The ledger does not answer", "Temporal does not answer"}


def test_what_is_not_named_is_asked_for(target: str, tmp_path: Path) -> None:
    own = _own("", target)
    assert "No ledger is named" in _wrong(own, tmp_path)
    assert "No Temporal is named" in _wrong(OwnServers("", "", own.connect), tmp_path)


@pytest.fixture
def worker(target: str) -> Iterator[subprocess.Popen[bytes]]:
    """A worker of this machine that has nothing to do."""
    command = [sys.executable, "-m", "tests.infra.idle_worker"]
    env = {**os.environ, "TEMPORAL_ADDRESS": target}
    with subprocess.Popen(command, cwd=ROOT, env=env) as running:
        yield running
        running.kill()


async def test_a_dead_worker_does_not_count_as_asking(
    temporal_client: Client, worker: subprocess.Popen[bytes]
) -> None:
    """Temporal remembers for minutes who asked it; a process of this machine that is gone does not.

    Other workers of other tests may ask as well, so the numbers are compared.
    """
    since = datetime.now(UTC) - timedelta(seconds=75)
    alive = 0
    while not alive:
        alive = await _of(temporal_client, worker.pid, since)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait(PATIENCE)

    assert await _of(temporal_client, worker.pid, since) == 0


async def _of(client: Client, pid: int, since: datetime) -> int:
    """How many of those who count would be missed without this one."""
    asking = await bootstrap.asking(client, TASK_QUEUE, since)
    return sum(identity.startswith(f"{pid}@") for identity in asking)
