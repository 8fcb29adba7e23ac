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
_WHY = ".why.txt"
_LONGEST_NAME = 200
"""Bytes of a name: what is put behind it must fit in as well."""

_LONGEST_ENDING = 20
_OTHER_CLOCK = 60
"""Seconds: a file that is said to be written so far ahead was dated by another clock."""

FileState = tuple[int, int]
"""Size and time of the last writing: if either changes, somebody still writes."""


def file_state(file: Path) -> FileState:
    """Tell how a file stands: whoever still writes to it changes that."""
    told = file.stat()
    return told.st_size, told.st_mtime_ns


def _short(text: str, most: int) -> str:
    return os.fsencode(text)[:most].decode(errors="ignore")


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
        """List the files that wait and are whole, by name; one that was mended waits again."""
        self._put_back_mended()
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
        told = moved.with_name(f"{moved.name}{_WHY}")
        write_whole(told, f"{why}\n".encode())
        written = moved.stat()
        os.utime(told, ns=(written.st_atime_ns, written.st_mtime_ns))
        return moved

    def later(self, file: Path) -> Path:
        """Put a file back: it is not its fault that it was not taken in."""
        return self._move(file, self.folder)

    def _put_back_mended(self) -> None:
        """Put back what was written to since it could not be taken in, by program or person."""
        for told in sorted((self.folder / _FAILED).glob(f"*{_WHY}")):
            file = told.with_name(told.name.removesuffix(_WHY))
            with suppress(FileNotFoundError):
                if file.is_file() and file.stat().st_mtime_ns != told.stat().st_mtime_ns:
                    self.later(file)
                    told.unlink()

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
            age = now.timestamp() - file.stat().st_mtime
            return age >= STILL_SECONDS or age < -_OTHER_CLOCK
        return False

    def _move(self, file: Path, folder: Path) -> Path:
        """Move a file in one step; one of the same name that is there already stays."""
        folder.mkdir(parents=True, exist_ok=True)
        stem, suffix = _short(file.stem, _LONGEST_NAME), _short(file.suffix, _LONGEST_ENDING)
        target, count = folder / f"{stem}{suffix}", 1
        while target.exists():
            target, count = folder / f"{stem}-{count}{suffix}", count + 1
        os.rename(file, target)  # noqa: PTH104 - within one file system, in one step
        return target
