"""The kept histories, as the tests read them."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from temporalio.client import WorkflowHistory

from tests.replay.record import HISTORIES


def names() -> list[str]:
    """Every kept history, by the name of its file."""
    return [path.stem for path in sorted(HISTORIES.glob("*.json"))]


@cache
def raw(name: str) -> dict[str, Any]:
    """A history as it lies in its file."""
    found: dict[str, Any] = json.loads(_path(name).read_text())
    return found


def history(name: str, upto: int | None = None) -> WorkflowHistory:
    """A history for the replayer; ``upto`` an event, as if the case slept there now."""
    found = raw(name)
    return WorkflowHistory.from_json(found["id"], {"events": found["events"][:upto]})


def _path(name: str) -> Path:
    return HISTORIES / f"{name}.json"
