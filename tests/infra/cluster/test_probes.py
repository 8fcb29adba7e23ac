"""What a cluster asks a container: the start script of the image, with real servers, no image."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from temporalio.client import Client
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker

from adapters.ledger.core import migrate
from domain.names import TASK_QUEUES
from infra import bootstrap
from tests.infra.cluster.charts import ROOT
from tests.infra.idle_worker import yawn

HERE = socket.gethostname()
Environ = dict[str, str]


@pytest.fixture
async def environ(
    temporal_env: WorkflowEnvironment, fresh_database_url: Callable[[], str], tmp_path: Path
) -> Environ:
    """A container's environment: the ledger in a file, as the chart mounts it."""
    target = temporal_env.client.service_client.config.target_host
    namespace = f"probes-{os.getpid()}-{time.monotonic_ns()}"
    await bootstrap.prepare(await Client.connect(target, namespace=namespace))
    url = fresh_database_url()
    migrate.upgrade(url)
    (tmp_path / "url").write_text(url)
    return {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "AMICABLE_HOME": str(tmp_path),
        "AMICABLE_DATABASE_URL_FILE": str(tmp_path / "url"),
        "AMICABLE_WORKER__QUEUES": "decide,send",
        "AMICABLE_WORKER__HEARTBEAT": str(tmp_path / "heartbeat"),
        "TEMPORAL_ADDRESS": target,
        "TEMPORAL_NAMESPACE": namespace,
    }


async def _begin(what: str, environ: Environ) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        ROOT / "infra/docker/start",
        what,
        cwd=ROOT,
        env=environ,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )


def _until_there(file: Path) -> None:
    while not file.exists():
        time.sleep(0.05)


async def _start(what: str, environ: Environ) -> tuple[int | None, str]:
    child = await _begin(what, environ)
    out, _ = await child.communicate()
    return child.returncode, out.decode()


async def test_a_worker_is_alive_and_healthy_while_it_works_and_not_before(
    environ: Environ,
) -> None:
    before = [await _start(what, environ) for what in ("healthy", "alive")]
    worker = await _begin("worker", environ)
    try:
        assert worker.stdout
        await worker.stdout.readline()
        await asyncio.to_thread(_until_there, Path(environ["AMICABLE_WORKER__HEARTBEAT"]))
        healthy, alive = [await _start(what, environ) for what in ("healthy", "alive")]
    finally:
        worker.send_signal(signal.SIGTERM)
        await worker.wait()

    assert [code for code, _ in before] == [1, 1]
    assert healthy == (0, "Workers ask for work: decide, send\n")
    assert alive == (0, "")


async def test_another_pods_worker_makes_nobody_healthy(environ: Environ) -> None:
    client = await Client.connect(
        environ["TEMPORAL_ADDRESS"], namespace=environ["TEMPORAL_NAMESPACE"]
    )
    queue = TASK_QUEUES["send"]
    only = environ | {"AMICABLE_WORKER__QUEUES": "send"}
    async with Worker(client, task_queue=queue, activities=[yawn], identity="1@another-pod"):
        code, words = await _start("healthy", only)
    async with Worker(
        client, task_queue=queue, activities=[yawn], identity=f"{os.getpid()}@{HERE}"
    ):
        ours, _ = await _start("healthy", only)

    assert (code, ours) == (1, 0)
    assert words == f"No worker of {HERE} asks {client.namespace} for work.\n"


def test_a_worker_whose_loop_stands_still_is_not_alive(tmp_path: Path) -> None:
    file = tmp_path / "heartbeat"
    environ = {"PATH": os.environ["PATH"], "AMICABLE_WORKER__HEARTBEAT": str(file)}
    file.touch()
    fresh = asyncio.run(_start("alive", environ))
    os.utime(file, (time.time() - 130,) * 2)

    assert fresh == (0, "")
    assert asyncio.run(_start("alive", environ)) == (1, "start: no sign of life for two minutes\n")
    del environ["AMICABLE_WORKER__HEARTBEAT"]
    code, words = asyncio.run(_start("alive", environ))
    assert code == 1
    assert "names the file of the heartbeat" in words


def test_the_migration_reads_the_ledgers_address_from_a_file(
    tmp_path: Path, fresh_database_url: Callable[[], str]
) -> None:
    url, file = fresh_database_url(), tmp_path / "url"
    file.write_text(f"{url}\n")
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environ = {"PATH": path, "AMICABLE_DATABASE_URL_FILE": str(file)}

    assert asyncio.run(_start("migrate", environ)) == (0, "")
    with psycopg.connect(url.replace("+psycopg", "")) as link:
        assert link.execute("SELECT count(*) FROM alembic_version").fetchone() == (1,)
