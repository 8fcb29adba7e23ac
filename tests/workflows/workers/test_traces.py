"""One trace from a request over HTTP to the provider, through two processes; it names nobody."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine
from temporalio.client import Client

from activities.ports.stores.policies import PolicyScope
from adapters.config.environment import SettingsError
from adapters.ledger.gateway import keys
from adapters.runtime import tracing
from adapters.runtime.machine import machine_clock
from domain.parties.keys import KeyRole
from infra import bootstrap
from infra.servers import tcp_ports
from starter.application import Application
from tests.workflows.factories import BRISK, PATIENCE
from tests.workflows.workers.collector import Collector, collecting

ROOT = Path(__file__).parents[3]
NAME, EMAIL = "Canary Traced GmbH", "traced.canary@customer.example"
Environ = dict[str, str]


@pytest.fixture
def collector() -> Iterator[Collector]:
    """The local collector."""
    with collecting() as built:
        yield built


@pytest.fixture
async def environ(
    temporal_client: Client, harness_engine: Engine, collector: Collector, tmp_path: Path
) -> Environ:
    """What both processes are told: the same servers, and the collector."""
    target = temporal_client.service_client.config.target_host
    namespace = f"traces-{os.getpid()}-{time.monotonic_ns()}"
    await bootstrap.prepare(await Client.connect(target, namespace=namespace))
    others = {k: v for k, v in os.environ.items() if not k.startswith(("AMICABLE_", "TEMPORAL_"))}
    return others | {
        "AMICABLE_HOME": str(tmp_path),
        "AMICABLE_DATABASE_URL": harness_engine.url.render_as_string(hide_password=False),
        "AMICABLE_API__PORT": str(tcp_ports.pick()),
        "TEMPORAL_ADDRESS": target,
        "TEMPORAL_NAMESPACE": namespace,
        "OTEL_EXPORTER_OTLP_ENDPOINT": collector.address,
        "OTEL_BSP_SCHEDULE_DELAY": "100",
    }


@asynccontextmanager
async def _running(module: str, environ: Environ) -> AsyncIterator[None]:
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, cwd=ROOT, env=environ, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        yield
    finally:
        child.send_signal(signal.SIGTERM)
        await child.wait()


async def test_a_trace_leads_from_the_request_to_the_provider_and_names_nobody(
    environ: Environ, harness_engine: Engine, collector: Collector
) -> None:
    creditor = f"traced-{os.getpid()}"
    policies = Application(None, harness_engine).policies
    list(policies.move(policies.plan(PolicyScope(creditor=creditor), BRISK, "ann"), lambda _: None))
    _, key = keys.make_key(harness_engine, creditor, KeyRole.BILLING)

    async with _running("starter.api", environ), _running("worker", environ):
        await asyncio.to_thread(_opened, environ, key)
        await asyncio.to_thread(_until, lambda: collector.line("send email"))
    line = collector.line("send email")

    assert line[0] == ("amicable-worker", "send email")
    assert line[-1] == ("amicable-gateway", "POST /v1/cases")
    assert [name for _, name in line[1:-1]] == [
        "RunActivity:remind",
        "StartActivity:remind",
        "StartWorkflow:InvoiceWorkflow",
    ]
    seen = {(service, one.name) for service, one in collector.spans}
    assert ("amicable-worker", "RunWorkflow:InvoiceWorkflow") in seen
    assert _transactions_below(collector, "POST /v1/cases")
    assert _transactions_below(collector, "RunActivity:remind")
    told = b"".join(collector.bodies)
    assert creditor.encode() in told, "the case's id says which case it is"
    for word in (NAME, EMAIL, "Canary", key, "119.00", "11900", "SELECT", "INSERT"):
        assert word.encode() not in told, word


def _opened(environ: Environ, key: str) -> None:
    """Open an overdue invoice over HTTP, as soon as the gateway answers."""
    today = machine_clock().date()
    body = {
        "number": "T-1",
        "customer": "C-1",
        "issued": str(today - timedelta(days=30)),
        "due": str(today - timedelta(days=5)),
        "amount": "119.00",
        "currency": "EUR",
        "contact": {"name": NAME, "email": EMAIL, "country": "DE", "zone": "Europe/Berlin"},
    }
    client = httpx.Client(
        base_url=f"http://127.0.0.1:{environ['AMICABLE_API__PORT']}",
        headers={"Authorization": f"Bearer {key}"},
        timeout=PATIENCE,
    )
    with client:
        _until(lambda: _answers(client))
        answer = client.post("/v1/cases", json=body, headers={"Idempotency-Key": "trace-1"})
        assert answer.status_code < 300, answer.text


def _answers(client: httpx.Client) -> bool:
    try:
        return client.get("/readyz").status_code == 200
    except httpx.TransportError:
        return False


def _until(true: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.1)


def _transactions_below(collector: Collector, name: str) -> int:
    """The ledger's transactions directly below spans of that name."""
    above = {one.span_id for _, one in collector.spans if one.name == name}
    return sum(
        one.name == "ledger transaction" and one.parent_span_id in above
        for _, one in collector.spans
    )


def test_without_a_collector_nothing_is_traced(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not tracing.start_tracing("amicable-worker", {})
    assert tracing.temporal_interceptors() == []
    with tracing.span("something") as made:
        assert made is None

    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)
    with pytest.raises(SettingsError, match=r"amicable\[otel\]"):
        tracing.start_tracing("amicable-worker", {tracing.WANTED[0]: "http://127.0.0.1:9"})
