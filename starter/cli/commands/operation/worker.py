"""The command `worker`: a worker in the foreground."""

from __future__ import annotations

import os
import sys

import typer

QUEUES: str = typer.Option(
    "", "--queues", help="Its duties, with commas: decide, send, background; else all of them."
)


def worker(queues: str = QUEUES) -> None:
    """Run a worker in the foreground until it is stopped; it lets running deeds end.

    Where to: TEMPORAL_* and AMICABLE_* variables, or the embedded servers of this folder.

    A worker has all duties unless it is told otherwise; see docs/operations.md.

    Example: AMICABLE_DATABASE_URL=postgresql://ledger/amicable amicable worker --queues send
    """
    # A process of its own: only a worker needs the vendors' packages, which are slow to load.
    told = {"AMICABLE_WORKER__QUEUES": queues} if queues else {}
    command = [sys.executable, "-m", "worker"]
    os.execve(sys.executable, command, {**os.environ, **told})  # noqa: S606 - ourselves
