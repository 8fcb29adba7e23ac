"""The worker's process of the embedded default."""

import asyncio
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from temporalio.client import Client

from domain.names import TASK_QUEUE
from infra import bootstrap, logs
from infra.errors import InfraError
from infra.servers import processes
from infra.servers.places import Places
from infra.servers.processes import ProcessRecord, Program

WORKER_COMMAND = (sys.executable, "-m", "worker")
_PATIENCE = 90.0  # seconds until a started worker asks for work
_GRACE = 30.0  # seconds in which it may finish what it does


def start(
    place: Places, env: Mapping[str, str], command: Sequence[str] = WORKER_COMMAND
) -> ProcessRecord:
    """Start it anew: one of an earlier version, or with other addresses, would not do."""
    stop(place)
    log = place.logs / "worker.log"
    # Keys and profiles for another cluster would be tried on this one; and it has all duties.
    others = ("TEMPORAL_", "AMICABLE_WORKER__QUEUES")
    ours = {name: value for name, value in os.environ.items() if not name.startswith(others)}
    record = processes.start_process(Program(command, log, place.home, {**ours, **env}))
    processes.remember_process(_note(place), record)
    return record


def find(place: Places) -> ProcessRecord | None:
    """Find the worker that was started here, if it still runs."""
    return processes.recall(_note(place))


def stop(place: Places) -> bool:
    """Let it finish what it does, then end it; False when none ran."""
    return processes.stop_process(find(place), patience=_GRACE)


async def until_it_asks_for_work(place: Places, client: Client, since: datetime) -> None:
    """Wait until this worker has polled; Temporal lists earlier ones for minutes.

    Raises:
        InfraError: it ended, or stayed silent for a minute and a half.

    """
    clock = asyncio.get_running_loop().time
    end = clock() + _PATIENCE
    while not await _asks_for_work(client, since):
        if find(place) is None or clock() > end:
            log = place.logs / "worker.log"
            raise InfraError(f"The worker did not start; {log} ends with:\n{logs.tail(log)}")
        await asyncio.sleep(0.1)


async def _asks_for_work(client: Client, since: datetime) -> bool:
    cases = await bootstrap.pollers(client, TASK_QUEUE, since)
    return bool(cases) and not await bootstrap.unserved(client, since)


def _note(place: Places) -> Path:
    return place.run / "worker.json"
