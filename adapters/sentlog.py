"""The outbox's own log of what it has accepted, as a provider would keep it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from adapters.files import one_at_a_time, sync_folder


class SentLog:
    """One JSON line per accepted message, appended and synced before it counts."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read = 0
        self._known: set[tuple[str, str]] = set()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other writers out; everything below is called inside."""
        with one_at_a_time(self._path.with_name(".sent.lock")):
            self._catch_up()
            yield

    def knows(self, channel: str, message: str) -> bool:
        """Whether a message was accepted on a channel."""
        return (channel, message) in self._known

    def add(self, channel: str, message: str, to: str) -> None:
        """Accept a message: from here on it counts as sent, whatever crashes."""
        now = datetime.now(UTC).isoformat()
        line = json.dumps({"id": message, "channel": channel, "to": to, "at": now})
        new = not self._path.exists()
        with self._path.open("ab") as file:
            # A torn line of a killed process must not swallow ours.
            gap = b"\n" if file.tell() > self._read else b""
            file.write(gap + line.encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        if new:
            sync_folder(self._path.parent)
        self._known.add((channel, message))

    def _catch_up(self) -> None:
        size = self._path.stat().st_size if self._path.exists() else 0
        if size < self._read:
            self._read, self._known = 0, set()
        if size == self._read:
            return
        with self._path.open("rb") as file:
            file.seek(self._read)
            whole, newline, _ = file.read().rpartition(b"\n")
        self._read += len(whole + newline)
        self._known.update(key for key in map(_key, whole.splitlines()) if key)


def _key(line: bytes) -> tuple[str, str] | None:
    try:
        entry = json.loads(line)
        return str(entry["channel"]), str(entry["id"])
    except (ValueError, KeyError, TypeError):
        return None
