"""The command `worker`: a worker in the foreground."""

from __future__ import annotations

import os
import sys


def worker() -> None:
    """Run a worker in the foreground until it is stopped; it lets running deeds end.

    Where to: TEMPORAL_* and AMICABLE_* variables, or the embedded servers of this folder.

    Example: AMICABLE_DATABASE_URL=postgresql://ledger/amicable amicable worker
    """
    # A process of its own: only a worker needs the vendors' packages, which are slow to load.
    os.execv(sys.executable, [sys.executable, "-m", "worker"])  # noqa: S606 - ourselves
