"""Starts the servers of a rehearsal, to be thrown away: Temporal with skipping clocks, a ledger."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import TimeSkippingConfig, WorkflowEnvironment

from adapters.temporal.client import temporal_runtime
from domain.names import SEARCH_ATTRIBUTES
from infra.servers import binaries, postgres
from infra.servers.temporal_server import repeated
from starter.application import migrate_ledger

FLAGS = {
    "frontend.WorkflowTimeSkippingEnabled": "true",
    "history.timerProcessorMaxTimeShift": '"1ms"',
    "history.workflowIdReuseMinimalInterval": '"0s"',
}
"""What the real server needs to skip time, and to do so quickly."""

QUICK = postgres.PostgresPlace(settings={"fsync": "off", "full_page_writes": "off"}, synced=False)
"""Nothing in the ledger of a rehearsal has to outlive the machine."""


@contextmanager
def passing_ledger() -> Iterator[str]:
    """Start an empty, migrated ledger that ends with the block; answers its address."""
    with tempfile.TemporaryDirectory(prefix="amicable-rehearsal-") as folder:
        place = Path(folder) / "postgres"
        server = postgres.start(place, Path(folder) / "postgres.log", QUICK)
        try:
            migrate_ledger(server.url())
            yield server.url()
        finally:
            postgres.stop(server)


@asynccontextmanager
async def passing_temporal() -> AsyncIterator[WorkflowEnvironment]:
    """Start the real Temporal server, in which the clock of each case moves when told to."""
    flags = repeated("--dynamic-config-value", FLAGS)
    attributes = repeated("--search-attribute", SEARCH_ATTRIBUTES)
    with _stdout_is_ours():
        env = await WorkflowEnvironment.start_time_skipping_v2(
            ts_config=TimeSkippingConfig(enabled=False),
            data_converter=pydantic_data_converter,
            runtime=temporal_runtime(),
            dev_server_existing_path=str(binaries.temporal()),
            dev_server_log_level="error",
            dev_server_extra_args=[*flags, *attributes],
        )
    try:
        yield env
    finally:
        await env.shutdown()


@contextmanager
def _stdout_is_ours() -> Iterator[None]:
    """The server greets on the stdout that it inherits, where our answer goes: give it stderr."""
    sys.stdout.flush()
    ours = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        os.dup2(ours, 1)
        os.close(ours)
