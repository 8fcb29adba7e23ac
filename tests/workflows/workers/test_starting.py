"""A worker says in one line what it serves, or in one sentence why it cannot start."""

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from temporalio.client import Client

from adapters.ledger.cases.holds import is_held
from infra.servers import tcp_ports

ROOT = Path(__file__).parents[3]
Environ = dict[str, str]


@pytest.fixture
def environ(temporal_client: Client, harness_engine: Engine, tmp_path: Path) -> Environ:
    """What a worker is told that could start; each test spoils one thing."""
    ours = {
        "AMICABLE_HOME": str(tmp_path),
        "AMICABLE_DATABASE_URL": harness_engine.url.render_as_string(hide_password=False),
        "TEMPORAL_ADDRESS": temporal_client.service_client.config.target_host,
        "TEMPORAL_NAMESPACE": temporal_client.namespace,
    }
    others = {k: v for k, v in os.environ.items() if not k.startswith(("AMICABLE_", "TEMPORAL_"))}
    return others | ours


async def _worker(environ: Environ) -> asyncio.subprocess.Process:
    command = (sys.executable, "-m", "worker")
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environ, stderr=pipe)


@contextlib.asynccontextmanager
async def _started(environ: Environ) -> AsyncIterator[dict[str, object]]:
    """A worker that serves, with the line in which it says so."""
    worker = await _worker(environ)
    try:
        yield await _first_event(worker)
    finally:
        worker.send_signal(signal.SIGTERM)
        await worker.wait()


async def _first_event(worker: asyncio.subprocess.Process) -> dict[str, object]:
    assert worker.stderr
    async for line in worker.stderr:
        found: dict[str, object] = json.loads(line)
        return found
    raise AssertionError("it ended without a word")


async def _refusal(environ: Environ) -> str:
    """What a worker says that does not start: one line, and no traceback."""
    worker = await _worker(environ)
    _, said = await worker.communicate()
    assert worker.returncode == 1, said.decode()
    (line,) = said.decode().splitlines()
    return line.removeprefix("✘ ")


async def test_a_worker_says_in_one_line_what_it_serves(
    environ: Environ, temporal_client: Client
) -> None:
    async with _started(environ | {"AMICABLE_WORKER__QUEUES": "send,background"}) as said:
        assert said["event"] == "worker started"
        assert said["serves"] == "send, background"
        assert said["queues"] == "amicable-send, amicable-background"
        assert said["temporal"] == temporal_client.service_client.config.target_host
        assert said["namespace"] == temporal_client.namespace
        assert (said["live"], said["email"]) == (False, "outbox")


async def test_a_worker_that_is_told_nothing_serves_everything(environ: Environ) -> None:
    async with _started(environ) as said:
        assert said["serves"] == "decide, send, background"


async def test_a_second_worker_on_the_same_metrics_port_says_so(environ: Environ) -> None:
    address = f"127.0.0.1:{tcp_ports.pick()}"
    told = environ | {"AMICABLE_METRICS__WORKER": address}
    async with _started(told):
        refusal = await _refusal(told)

    assert refusal.startswith(f"AMICABLE_METRICS__WORKER: {address}: ")
    assert "in use" in refusal
    assert refusal.endswith("one of its own for each worker")


@pytest.mark.parametrize("queues", ["send", "decide,send,background"])
async def test_a_namespace_that_is_not_there_is_named_with_the_way_out(
    environ: Environ, queues: str
) -> None:
    told = {"TEMPORAL_NAMESPACE": "nowhere", "AMICABLE_WORKER__QUEUES": queues}
    refusal = await _refusal(environ | told)

    assert refusal.startswith("Temporal has no namespace 'nowhere'")
    assert "python -m infra.prepare" in refusal


@pytest.mark.parametrize(
    ("spoilt", "words"),
    [
        ({"TEMPORAL_ADDRESS": "127.0.0.1:1"}, "Temporal does not answer; check TEMPORAL_ADDRESS"),
        ({"AMICABLE_DATABASE_URL": ""}, "no ledger is named; set AMICABLE_DATABASE_URL"),
        ({"AMICABLE_DATABASE_URL": "ledger"}, "AMICABLE_DATABASE_URL is no address"),
        ({"AMICABLE_WORKER__QUEUES": "decide,mail"}, "'mail' is none of decide, send, background"),
        ({"AMICABLE_SMS__PROVIDER": "carrier"}, "cannot be read: AMICABLE_SMS__PROVIDER"),
        ({"AMICABLE_METRICS__WORKER": "9464"}, "AMICABLE_METRICS__WORKER: 9464"),
        ({"AMICABLE_WORKER__RECONCILE_MINUTES": "0"}, "AMICABLE_WORKER__RECONCILE_MINUTES"),
        # 2026-11-30: each of these ended in a traceback, or started and failed later.
        ({"AMICABLE_DATABASE_URL": "postgresql://x@h:port/x"}, "AMICABLE_DATABASE_URL is no addr"),
        ({"TEMPORAL_ADDRESS": "nobody:x"}, "TEMPORAL_ADDRESS: nobody:x is no address"),
        ({"TEMPORAL_TLS_CLIENT_CERT_PATH": "/nowhere"}, "Temporal's settings"),
        ({"AMICABLE_WORKER__HEARTBEAT": "/nowhere/beat"}, "AMICABLE_WORKER__HEARTBEAT"),
        ({"AMICABLE_OUTBOX_DIR": "/proc/nowhere"}, "AMICABLE_OUTBOX_DIR"),
        ({"AMICABLE_LETTERS_DIR": "/nowhere"}, "AMICABLE_LETTERS_DIR"),
        (
            {"AMICABLE_MODEL__URL": "nowhere", "AMICABLE_MODEL__CREDITORS": "acme"},
            "AMICABLE_MODEL__URL",
        ),
    ],
)
async def test_a_setting_that_cannot_work_is_named(
    environ: Environ, spoilt: Environ, words: str
) -> None:
    assert words in await _refusal(environ | spoilt)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"AMICABLE_SMS__PROVIDER": "twilio"}, "AMICABLE_TWILIO__"),
        ({"AMICABLE_ENVIRONMENT": "production"}, "AMICABLE_SMS__PROVIDER would still write"),
    ],
    ids=["no keys", "left on the outbox"],
)
async def test_an_sms_provider_that_is_missing_is_named(
    environ: Environ, harness_engine: Engine, told: Environ, words: str
) -> None:
    mail = {
        "AMICABLE_EMAIL__PROVIDER": "sendgrid",
        "AMICABLE_SENDGRID__API_KEY": "SG.only-for-tests",
    }
    live = {"AMICABLE_LIVE": "1", "AMICABLE_WORKER__QUEUES": "send"}

    assert words in await _refusal(environ | live | mail | told)
    assert not is_held(harness_engine), "who cannot start does not hold up those who run"
