"""Reads the end of a log, for the message that says why something did not start."""

import contextlib
from pathlib import Path


def tail(log: Path, lines: int = 5) -> str:
    """Read the last lines, or say that there are none."""
    with contextlib.suppress(OSError):
        return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
    return "(no log)"
