"""Reads the files of a ZIP, so many and so large at most, in the order of their names."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from adapters.files.refused import RefusedFileError

ZIP = b"PK\x03\x04"
"""How an archive begins."""

BROKEN_ARCHIVE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, RuntimeError, NotImplementedError),
    *(EOFError, OSError, ValueError, LookupError),
)
"""Whatever a broken archive makes the reader stumble over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveLimits:
    """What an archive may hold.

    Attributes:
        files, size: how many, and how many bytes all of them together have unpacked.
        kind: what they should be, in the plural, as a refusal says it.
        error: the refusal.
    """

    files: int
    size: int
    kind: str
    error: type[RefusedFileError]


def unpacked(name: str, body: bytes, limits: ArchiveLimits) -> Iterator[tuple[str, bytes]]:
    """List the files of an archive with their contents; any other file is itself.

    Raises:
        RefusedFileError: if it cannot be read, or holds too much.
    """
    if not body.startswith(ZIP):
        yield name, body
        return
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            for one in _members(name, archive, limits):
                yield f"{name}: {one.filename}", archive.read(one)
    except RefusedFileError:
        raise
    except BROKEN_ARCHIVE:
        raise limits.error("this archive cannot be read", file=name) from None


def _members(name: str, archive: zipfile.ZipFile, limits: ArchiveLimits) -> list[zipfile.ZipInfo]:
    files = [one for one in archive.infolist() if not one.is_dir() and not _is_hidden(one.filename)]
    if len(files) > limits.files or sum(one.file_size for one in files) > limits.size:
        raise limits.error(f"holds too much to be {limits.kind}", file=name)
    return sorted(files, key=lambda info: info.filename)


def _is_hidden(path: str) -> bool:
    """Whether it is a note of the system that made the archive, and no file of a person's."""
    return any(part.startswith(".") or part == "__MACOSX" for part in PurePosixPath(path).parts)
