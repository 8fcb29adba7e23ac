"""This machine: its clock, for commands and clients only, and a clean way out."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NoReturn

from adapters.runtime.tracing import stop_tracing

LAST_CALL = timedelta(seconds=40)
"""How long a stopping worker lets running deeds end: longer than any call to a provider."""


def machine_clock() -> datetime:
    """Read the instant (UTC) of this machine; deeds never ask it."""
    return datetime.now(UTC)


_BEAT = 10.0
"""Seconds from one sign of life to the next."""


async def until_told_to_stop(heartbeat: Path | None = None) -> None:
    """Wait for the signal that ends a service.

    Meanwhile a file is touched every ten seconds, as long as this process's loop turns: who looks
    after it can tell one that is busy from one that is stuck.
    """
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    while not stop.is_set():
        if heartbeat:
            await asyncio.to_thread(heartbeat.touch)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), _BEAT if heartbeat else None)


def leave(code: int = 0) -> NoReturn:
    """End the process after its work is done.

    The Temporal client's native threads may abort a normal exit (Python 3.11): so everything is
    flushed and the interpreter is not torn down.
    """
    stop_tracing()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
