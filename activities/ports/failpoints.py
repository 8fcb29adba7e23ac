"""Named points of the send protocol, where a crash test may pull the plug."""

from __future__ import annotations

from collections.abc import Callable

Failpoint = Callable[[str], None]
"""Called with the name of each point as it is passed."""


def no_failpoints(name: str) -> None:
    """Outside crash tests, passing a point does nothing."""
