"""How much memory a worker needs for each open case that it keeps in its cache."""

from __future__ import annotations

import asyncio
import itertools
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from temporalio.client import Client, WorkflowHandle

from domain.names import INVOICE_WORKFLOW, TASK_QUEUE
from domain.wire import Decision, InvoiceInput
from infra.servers import processes
from infra.servers.processes import ProcessRecord, Program
from starter.application import Application
from tests.bench.opening import decided
from tests.bench.setup.bare import BARE, BARE_QUEUE
from tests.bench.setup.figures import Figure, Target

CASES = 300
WARM = 50
ASLEEP = 5
"""Events of a workflow that took its first task and set its timer."""

PATIENCE = timedelta(seconds=90)
WANTED = Target(1.5)
ROOT = Path(__file__).resolve().parents[2]
KINDS = {TASK_QUEUE: INVOICE_WORKFLOW, BARE_QUEUE: BARE}

_numbers = itertools.count(1)


def measure(application: Application) -> Figure:
    """Fill the caches of two workers, ours and a bare one, with the same decisions."""
    decisions = [ready.decision for ready in decided(application, CASES)]
    ours, bare = (_bytes_each(application, queue, decisions) for queue in (TASK_QUEUE, BARE_QUEUE))
    return Figure(
        measure="memory of a cached case / of a bare workflow",
        measured=f"{ours / 1024:,.1f} against {bare / 1024:,.1f} KiB, "
        f"{CASES} in the cache of a worker each (unique set size)",
        value=ours / bare,
        target=WANTED,
    )


def _bytes_each(application: Application, queue: str, decisions: Sequence[Decision]) -> float:
    with worker(queue, application.settings.home) as record:
        application.runner.run(_fill(application.runs.client, queue, decisions[:WARM]))
        before = unique_bytes(record.pid)
        application.runner.run(_fill(application.runs.client, queue, decisions))
        return (unique_bytes(record.pid) - before) / len(decisions)


@contextmanager
def worker(kind: str, folder: Path) -> Iterator[ProcessRecord]:
    """A worker in a process of its own, for as long as it is needed."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "tests.bench.setup.members", kind]
    record = processes.start_process(Program(command, folder / f"{kind}.log", ROOT))
    processes.remember_process(folder / f"worker-{kind}.json", record)
    try:
        yield record
    finally:
        processes.stop_process(record)


async def _fill(client: Client, queue: str, decisions: Sequence[Decision]) -> None:
    """Start them without a delay, so that each takes its first task and then sleeps."""
    handles = [
        await client.start_workflow(
            KINDS[queue],
            InvoiceInput(next=decision),
            id=f"memory/{queue}/{next(_numbers)}",
            task_queue=queue,
        )
        for decision in decisions
    ]
    async with asyncio.timeout(PATIENCE.total_seconds()):
        for handle in handles:
            await _asleep(handle)


async def _asleep(handle: WorkflowHandle[object, object]) -> None:
    while (await handle.describe()).history_length < ASLEEP:  # noqa: ASYNC110 - another process
        await asyncio.sleep(0.05)


def unique_bytes(pid: int) -> int:
    """The memory that would be free if the process ended."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    private = [line.split()[1] for line in lines if line.startswith("Private_")]
    return sum(map(int, private)) * 1024
