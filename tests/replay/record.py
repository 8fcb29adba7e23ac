"""Record the histories anew: ``python -m tests.replay.record [PLOT …]``.

Record a plot when it is new, or when the shell got a step that no kept history goes past. Never
record one only because its replay fails: then the shell broke the cases that run right now.
A history that is recorded again gets a new name beside the old one, for old cases still run.
"""

import asyncio
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import TimeSkippingConfig, WorkflowEnvironment

import worker
from adapters.config.settings import Settings
from adapters.ledger.core import migrate
from adapters.ledger.core.engine import make_engine
from adapters.runtime.machine import leave
from infra.servers import binaries, temporal_server
from tests import servers
from tests.replay.plots import PLOTS
from tests.workflows.factories import Switch, WorkflowHarness

HISTORIES = Path(__file__).parent / "histories"
SCRUBBED = {"identity": "worker", "stackTrace": ""}
SHORT_MEMORY = {"limit.historyCount.suggestContinueAsNew": "40"}


def unused(name: str) -> Path:
    """Where a history goes: the plot's name, numbered if it was recorded before."""
    number = len(list(HISTORIES.glob(f"{name}-*.json"))) + 1
    return HISTORIES / f"{name}-{number}.json"


async def record(application: WorkflowHarness, names: list[str]) -> None:
    """Play each plot and keep its history."""
    for name in names:
        application.now = datetime.now(UTC)
        application.switch.broken.clear()
        handle = await PLOTS[name](application)
        history = _without_us(json.loads((await handle.fetch_history()).to_json()))
        _keep(unused(name), handle.id, history)
        begun = history["events"][0]["workflowExecutionStartedEventAttributes"]
        if before := begun.get("continuedExecutionRunId"):
            old = application.client.get_workflow_handle(handle.id, run_id=before)
            first = _without_us(json.loads((await old.fetch_history()).to_json()))
            _keep(unused(f"{name}_before"), handle.id, first)


def _keep(path: Path, case: str, history: Any) -> None:
    path.write_text(json.dumps({"id": case, **history}, indent=1) + "\n")
    print(f"{path.name}: {len(history['events'])} events")  # noqa: T201 - for a person


def _without_us(found: Any) -> Any:
    """Machines and folders are nobody's business."""
    if isinstance(found, dict):
        return {key: SCRUBBED.get(key, _without_us(value)) for key, value in found.items()}
    return [_without_us(one) for one in found] if isinstance(found, list) else found


async def main(names: list[str]) -> None:
    """A ledger, a server and a worker; then the plots."""
    long_lived = [name for name in names if name == "second_run"]
    with servers.session_folder() as folder:
        database = servers.start_postgres(folder / "postgres")
        migrate.upgrade(database.url())
        settings = Settings(home=folder / "home", database_url=database.url())
        await _play(settings, {}, [name for name in names if name not in long_lived])
        await _play(settings, SHORT_MEMORY, long_lived)


async def _play(settings: Settings, dynamic: dict[str, str], names: list[str]) -> None:
    engine, switch = make_engine(settings.database_url, pool_size=5), Switch()
    async with await _server(dynamic) as env, worker.build(env.client, settings, switch):
        await record(WorkflowHarness(env, engine, settings, switch), names)
    engine.dispose()


async def _server(dynamic: dict[str, str]) -> WorkflowEnvironment:
    return await WorkflowEnvironment.start_time_skipping_v2(
        ts_config=TimeSkippingConfig(enabled=False),
        data_converter=pydantic_data_converter,
        dev_server_existing_path=str(binaries.temporal()),
        dev_server_log_level="error",
        dev_server_extra_args=servers.flags()
        + temporal_server.repeated("--dynamic-config-value", dynamic),
    )


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:] or list(PLOTS)))
    leave()
