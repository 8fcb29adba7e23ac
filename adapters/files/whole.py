"""Reads a file whole, or says in words why it cannot be read."""

from __future__ import annotations

from pathlib import Path

from adapters.files.refused import RefusedFileError

LARGEST_FILE = 200_000_000
"""Bytes: a larger file is no statement and no invoice, and would take the memory of all others."""


def whole_file(path: Path, largest: int = LARGEST_FILE) -> bytes:
    """Read a file that is not too large.

    Raises:
        RefusedFileError: naming the file, if it is too large or cannot be read.
    """
    try:
        if path.stat().st_size <= largest:
            with path.open("rb") as file:  # a pipe tells its size only once it was read
                body = file.read(largest + 1)
            if len(body) <= largest:
                return body
    except OSError as error:
        raise RefusedFileError(f"cannot be read: {error.strerror}", file=str(path)) from None
    raise RefusedFileError(f"is larger than {largest // 1_000_000} MB", file=str(path))
