"""A worker with nothing to do, for tests of what starts and stops workers."""

import asyncio
import os

from temporalio import activity
from temporalio.client import Client
from temporalio.worker import Worker

from domain.names import TASK_QUEUE, TASK_QUEUES
from tests.infra.napping import Nap


@activity.defn
async def yawn() -> None:
    """Do nothing."""


async def main() -> None:
    """Ask for work on every queue until told to end."""
    client = await Client.connect(os.environ["TEMPORAL_ADDRESS"])
    workers = [
        Worker(
            client,
            task_queue=queue,
            workflows=[Nap] if queue == TASK_QUEUE else [],
            activities=[yawn],
        )
        for queue in TASK_QUEUES.values()
    ]
    await asyncio.gather(*(one.run() for one in workers))


if __name__ == "__main__":
    asyncio.run(main())
