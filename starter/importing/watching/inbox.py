"""The folder of a watcher: files that wait, are in work, are done, or could not be taken in."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from adapters.runtime.files import write_whole
from domain.errors import DomainError

STILL_SECONDS = 3
"""A file that was written to so lately may not be whole yet."""

_UNFINISHED = (".part", ".partial", ".tmp", ".crdownload", ".filepart")
_WORKING, _DONE, _FAILED = "working", "done", "failed"


@dataclass(frozen=True, slots=True)
class WatchedFolder:
    """A folder in which others put files; each is moved in one step, so none is taken twice."""

    folder: Path

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the folder, so that nobody else watches it.

        Raises:
            DomainError: if somebody does, or it cannot be used.
        """
        try:
            for name in (_WORKING, _DONE, _FAILED):
                (self.folder / name).mkdir(parents=True, exist_ok=True)
            lock = (self.folder / ".watched").open("w")
        except OSError as error:
            raise DomainError(f"{self.folder} cannot be used: {error.strerror}") from None
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise DomainError(f"{self.folder} is watched by another process") from None
            self._put_back()
            yield

    def waiting(self, now: datetime) -> list[Path]:
        """List the files that wait and are whole, by name."""
        every = (one for one in self.folder.iterdir() if one.is_file())
        return sorted(one for one in every if self._is_whole(one, now))

    def begin(self, file: Path) -> Path:
        """Move a file to those that are in work."""
        return self._move(file, self.folder / _WORKING)

    def done(self, file: Path, day: str) -> Path:
        """Move a file to those that were taken in on a day."""
        return self._move(file, self.folder / _DONE / day)

    def failed(self, file: Path, why: str) -> Path:
        """Move a file to those that could not be taken in, with the reason beside it."""
        moved = self._move(file, self.folder / _FAILED)
        write_whole(moved.with_name(f"{moved.name}.why.txt"), f"{why}\n".encode())
        return moved

    def later(self, file: Path) -> Path:
        """Put a file back: it is not its fault that it was not taken in."""
        return self._move(file, self.folder)

    def _put_back(self) -> None:
        """Put back what a watcher that ended in between had begun; taking in repeats harmlessly."""
        for one in sorted((self.folder / _WORKING).iterdir()):
            if one.is_file():
                self.later(one)

    def _is_whole(self, file: Path, now: datetime) -> bool:
        name = file.name.lower()
        if name.startswith((".", "~")) or name.endswith(_UNFINISHED):
            return False
        with suppress(FileNotFoundError):  # whoever put it there took it away again
            return now.timestamp() - file.stat().st_mtime >= STILL_SECONDS
        return False

    def _move(self, file: Path, folder: Path) -> Path:
        """Move a file in one step; one of the same name that is there already stays."""
        folder.mkdir(parents=True, exist_ok=True)
        target, count = folder / file.name, 1
        while target.exists():
            target, count = folder / f"{file.stem}-{count}{file.suffix}", count + 1
        os.rename(file, target)  # noqa: PTH104 - within one file system, in one step
        return target
