"""The worker shows the figures of Temporal's own SDK, where it is told to."""

from __future__ import annotations

import asyncio

import httpx
from temporalio.client import Client

from adapters.temporal.client import temporal_runtime
from infra.servers import tcp_ports


async def test_temporals_own_figures_are_shown_where_a_worker_is_told_to(
    temporal_client: Client,
) -> None:
    address = f"127.0.0.1:{tcp_ports.pick()}"
    told = temporal_client.service_client.config.target_host
    client = await Client.connect(told, runtime=temporal_runtime(address))
    await client.count_workflows()

    page = await asyncio.to_thread(_page, f"http://{address}/metrics")
    assert "temporal_request{" in page
    assert 'operation="CountWorkflowExecutions"' in page


def _page(url: str) -> str:
    return httpx.get(url, timeout=100).text
