"""Workers that may be killed: a parent forks them, and forks another for each that dies.

Forking from a parent that has everything imported makes a new worker in a quarter of a second; a
fresh interpreter would need seconds, and nothing would be running most of the time.
"""

import asyncio
import contextlib
import os
import random
import signal
import sys
from pathlib import Path

from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter

from adapters.config.settings import Settings
from adapters.runtime.files import write_whole
from adapters.runtime.logs import set_up_logs
from tests.crash.impatience import Impatience
from tests.crash.plug import Plug
from worker import build


def main(folder: Path, address: str, count: int) -> None:
    """Keep that many workers alive until told to stop, then end them the hard way."""
    children: set[int] = set()

    def end(*_: object) -> None:
        for child in children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        os._exit(0)

    signal.signal(signal.SIGTERM, end)
    while True:
        while len(children) < count:
            children.add(_fork(folder, address))
            write_whole(folder / "workers", " ".join(map(str, children)).encode())
        pid, _ = os.waitpid(-1, 0)
        children.discard(pid)


def _fork(folder: Path, address: str) -> int:
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        random.seed()
        asyncio.run(_work(folder, address, parent))
        os._exit(0)
    return pid


async def _work(folder: Path, address: str, parent: int) -> None:
    plug = Plug(folder)
    client = await _connected(address, plug.slots)
    worker = build(client, Settings(), plug)
    running = asyncio.create_task(worker.run())
    while os.getppid() == parent and not running.done():
        await asyncio.wait([running], timeout=0.5)
    os._exit(1)


async def _connected(address: str, slots: int) -> Client:
    while True:
        try:
            return await Client.connect(
                address, data_converter=pydantic_data_converter, plugins=[Impatience(slots)]
            )
        except RuntimeError:
            await asyncio.sleep(0.2)


if __name__ == "__main__":
    set_up_logs()
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
