"""A worker with nothing to do, for tests of what starts and stops workers."""

import asyncio
import os

from temporalio.client import Client
from temporalio.worker import Worker

from domain.names import TASK_QUEUE
from tests.infra.napping import Nap


async def main() -> None:
    """Ask for work until told to end."""
    client = await Client.connect(os.environ["TEMPORAL_ADDRESS"])
    await Worker(client, task_queue=TASK_QUEUE, workflows=[Nap]).run()


if __name__ == "__main__":
    asyncio.run(main())
