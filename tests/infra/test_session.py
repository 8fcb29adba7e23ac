"""The test session's own servers: real, shared, and gone afterwards."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import psycopg
import sqlalchemy
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker

from infra import bootstrap
from infra.servers import processes
from tests import servers
from tests.infra.napping import Nap


async def test_ninety_days_pass_in_less_than_a_second(temporal_env: WorkflowEnvironment) -> None:
    client = temporal_env.client

    async with Worker(client, task_queue="naps", workflows=[Nap]):
        handle = await client.start_workflow("Nap", id="nap", task_queue="naps")
        before = await temporal_env.get_current_time(handle)
        await temporal_env.fast_forward(handle, timedelta(days=89))
        later = await temporal_env.get_current_time(handle)

        assert timedelta(days=89) <= later - before < timedelta(days=90)
        await temporal_env.fast_forward(handle, timedelta(days=1, seconds=1))
        assert await handle.result() is not None


async def test_the_shared_server_knows_what_cases_are_found_by(
    temporal_env: WorkflowEnvironment,
) -> None:
    present = await bootstrap.registered(temporal_env.client)

    assert bootstrap.mismatches(present) == []


def test_each_fresh_database_is_empty_and_its_own(fresh_database_url: Callable[[], str]) -> None:
    one, two = (sqlalchemy.create_engine(fresh_database_url()) for _ in range(2))
    with one.begin() as link:
        link.exec_driver_sql("CREATE TABLE invoice (number text)")

    assert sqlalchemy.inspect(one).get_table_names() == ["invoice"]
    assert sqlalchemy.inspect(two).get_table_names() == []
    one.dispose()
    two.dispose()


def test_what_a_killed_session_left_running_is_ended_by_the_next() -> None:
    program = (
        "import time; from tests import servers; session = servers.session_folder()\n"
        "folder = session.__enter__(); server = servers.start_postgres(folder / 'postgres')\n"
        "print(folder, server.record.pid, flush=True); time.sleep(60)"
    )
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, cwd=root
    ) as other:
        assert other.stdout is not None
        folder, pid = other.stdout.readline().split()
        os.kill(other.pid, signal.SIGKILL)
    assert processes.began(int(pid)) is not None

    servers.sweep()

    assert processes.began(int(pid)) is None
    assert not Path(folder).exists()


def test_the_shared_database_answers(postgres_url: str) -> None:
    with psycopg.connect(postgres_url.replace("+psycopg", "")) as link:
        assert link.execute("SELECT 1 + 1").fetchone() == (2,)
