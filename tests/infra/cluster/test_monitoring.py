"""Alerts and dashboards: every figure in them is really served, and every alert has its page."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import Engine
from temporalio.client import Client
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from activities.ports.types import OutboundState, Receipt, Sent, Task
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.core import migrate
from adapters.ledger.core.engine import make_engine
from adapters.ledger.tasks.desk import put_task
from adapters.runtime.metrics import serve_metrics
from adapters.temporal.client import temporal_runtime
from domain.parties.tasks import TaskKind
from infra.servers import tcp_ports
from tests.infra.cluster.charts import ROOT
from tests.infra.cluster.figures import (
    FUNCTIONS,
    alerts,
    balanced,
    called,
    expressions,
    figures,
    grouped,
)
from tests.infra.cluster.sickly import Stumbling, stumble
from tests.ledger import factories

Served = dict[str, set[str]]
"""The name of each figure, with the labels that it has."""

ALWAYS = {"job", "instance"}
"""Labels that Prometheus itself gives to whatever it scrapes."""

PERHAPS = {"amicable_delivery_seconds"}
"""Shown as soon as a provider has reported one delivery."""


@pytest.fixture
async def served(temporal_client: Client, fresh_database_url: Callable[[], str]) -> Served:
    """What a gateway and a worker show, each at its own address."""
    url = fresh_database_url()
    migrate.upgrade(url)
    engine = make_engine(url, pool_size=2)
    _fill(engine)
    found = _parsed(await asyncio.to_thread(_ledger_page, engine))
    found |= _parsed(await _worker_page(temporal_client))
    engine.dispose()
    return found


def _fill(engine: Engine) -> None:
    """One message that left and one task, so that figures with labels have some."""
    ledger = SqlLedger(engine)
    case = factories.opened(ledger, factories.invoice("acme"))
    with ledger.account_of(case) as account:
        flown = account.outbound.take_off(case, "polite", 1, "email", "a@b.example")
        account.outbound.land(flown, OutboundState.ACCEPTED, Receipt(sent=Sent.ACCEPTED))
    put_task(engine, Task(key="question/1", kind=TaskKind.QUESTION, case="", title="?"))


def _ledger_page(engine: Engine) -> str:
    address = f"127.0.0.1:{tcp_ports.pick()}"
    server = serve_metrics(engine, address)
    assert server
    page = httpx.get(f"http://{address}/metrics", timeout=100).text
    server.shutdown()
    server.server_close()
    return page


async def _worker_page(temporal_client: Client) -> str:
    address = f"127.0.0.1:{tcp_ports.pick()}"
    target = temporal_client.service_client.config.target_host
    client = await Client.connect(target, runtime=temporal_runtime(address))
    worker = Worker(
        client,
        task_queue="stumbling",
        workflows=[Stumbling],
        activities=[stumble],
        workflow_runner=UnsandboxedWorkflowRunner(),
    )
    async with worker:
        await client.execute_workflow(Stumbling.run, id="stumbling", task_queue="stumbling")
        with pytest.raises(Exception, match="not found"):
            await client.get_workflow_handle("nowhere").describe()
        page = await asyncio.to_thread(httpx.get, f"http://{address}/metrics", timeout=100)
    return page.text


def _parsed(page: str) -> Served:
    found: Served = {}
    for family in text_string_to_metric_families(page):
        found.setdefault(family.name, set())
        for sample in family.samples:
            name = sample.name.removesuffix("_total")  # which the reader adds to counters
            found.setdefault(name, set()).update(sample.labels)
    return found


async def test_every_figure_that_is_asked_for_is_served_with_its_labels(served: Served) -> None:
    asked = list(expressions())

    assert len(asked) > 50
    for where, expression in asked:
        named = figures(expression)
        assert named, where
        for figure in named:
            assert figure.name in served, f"{where}: nobody serves {figure.name}"
            if figure.name not in PERHAPS:
                assert figure.labels <= served[figure.name], f"{where}: {figure}"
        known = set().union(*(served[figure.name] for figure in named)) | ALWAYS
        if not {figure.name for figure in named} & PERHAPS:
            assert grouped(expression) <= known, where


def test_no_alert_asks_for_more_than_the_highest_bucket() -> None:
    """It could never ring; the SDK's last bucket but one for waiting ends at 100 seconds."""
    rule = next(one for one in alerts() if one["alert"] == "AmicableWorkWaits")

    assert float(rule["expr"].rpartition(">")[2]) < 100_000


def test_every_figure_of_the_page_about_figures_is_on_a_dashboard() -> None:
    page = (ROOT / "docs/metrics.md").read_text()
    told = set(re.findall(r"`(amicable_\w+)`", page))
    shown = {figure.name for _, expression in expressions() for figure in figures(expression)}

    assert told - shown == {"amicable_promise_kept_ratio"}, "which the dashboard computes itself"


@pytest.mark.parametrize(("where", "expression"), list(expressions()), ids=lambda one: one[:40])
def test_every_expression_can_be_read(where: str, expression: str) -> None:
    assert balanced(expression), where
    assert called(expression) <= FUNCTIONS, where
