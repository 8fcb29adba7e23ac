"""A worker in a process of its own: `python -m tests.bench.setup.members amicable|bare`."""

from __future__ import annotations

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor

from temporalio.client import Client
from temporalio.worker import Worker

from adapters.config.settings import Settings
from adapters.runtime.machine import leave
from adapters.temporal.client import connect
from adapters.temporal.workers import Workers
from tests.bench.setup.bare import BARE_QUEUE, BareStepWorkflow, BareWorkflow, nothing
from worker import build

AT_ONCE = 20


def worker_of(kind: str, client: Client) -> Worker | Workers:
    """The shipped worker, or one for bare workflows, in the same program with the same imports."""
    if kind == BARE_QUEUE:
        return Worker(
            client,
            task_queue=BARE_QUEUE,
            workflows=[BareWorkflow, BareStepWorkflow],
            activities=[nothing],
            activity_executor=ThreadPoolExecutor(AT_ONCE),
            max_concurrent_activities=AT_ONCE,
        )
    return build(client, Settings())


async def main(kind: str) -> None:
    """Work until the parent ends us."""
    async with worker_of(kind, await connect()):
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
    leave()
