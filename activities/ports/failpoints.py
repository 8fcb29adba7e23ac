"""Failpoints: named points between two steps, where a crash test may kill the process."""

from __future__ import annotations

from collections.abc import Callable

Failpoint = Callable[[str], None]
"""Called with the name of each point as it is passed."""


def no_failpoints(name: str) -> None:
    """Do nothing, outside crash tests."""
