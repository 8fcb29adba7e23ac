"""This machine: its clock, for commands and clients only, and a clean way out."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import UTC, datetime, timedelta
from typing import NoReturn

LAST_CALL = timedelta(seconds=40)
"""How long a stopping worker lets running deeds end: longer than any call to a provider."""


def machine_clock() -> datetime:
    """Read the instant (UTC) of this machine; deeds never ask it."""
    return datetime.now(UTC)


async def until_told_to_stop() -> None:
    """Wait for the signal that ends a service."""
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    await stop.wait()


def leave(code: int = 0) -> NoReturn:
    """End the process after its work is done.

    The Temporal client's native threads may abort a normal exit (Python 3.11): so everything is
    flushed and the interpreter is not torn down.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
