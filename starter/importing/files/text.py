"""From bytes to records: by itself UTF-8 only, comma or semicolon, quotes that close."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from starter.importing.files.problems import refuse_file

_LARGEST = 256 * 1024 * 1024
"""Bytes: a larger file is a mistake, or should come in parts."""

_AS_UTF8 = "save it as 'CSV UTF-8' (a choice in every spreadsheet's 'save as')"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")

CsvRecord = tuple[int, list[str]]
"""The line (from 1) at which a record begins, and its cells."""


def read_file(path: Path) -> bytes:
    """The bytes of a file that is not too large.

    Raises:
        FileError: if there is no such file, or it is too large.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise refuse_file(str(path), f"is larger than {_LARGEST // 2**20} MB; split it")
        return path.read_bytes()
    except OSError as error:
        raise refuse_file(str(path), f"cannot be read: {error.strerror}") from None


def read_text(path: Path) -> str:
    """Decode the text of a CSV file.

    Raises:
        FileError: if there is no such file, it is too large, empty, or not UTF-8.
    """
    return _decoded(read_file(path), str(path))


def _decoded(raw: bytes, file: str) -> str:
    if raw.startswith(_UTF16):
        raise refuse_file(file, f"is UTF-16, not UTF-8; {_AS_UTF8}")
    if (at := raw.find(b"\0")) >= 0:
        reason = f"holds a NUL byte, so it is UTF-16 or damaged; {_AS_UTF8}"
        raise refuse_file(file, reason, line=line_at(raw, at))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        byte = raw[error.start : error.start + 1]
        looks = byte.decode("cp1252", errors="replace")
        reason = f"byte 0x{byte.hex().upper()} is not UTF-8 (in Windows-1252 it would be {looks!r})"
        raise refuse_file(file, f"{reason}; {_AS_UTF8}", line=line_at(raw, error.start)) from None
    if not text.strip():
        raise refuse_file(file, "is empty; the first line must name the columns")
    return text


def line_at(raw: bytes, at: int) -> int:
    """The line, from 1, in which a byte stands."""
    return raw.count(b"\n", 0, at) + 1


def records(text: str, file: str, separator: str = "", *, skip: int = 0) -> Iterator[CsvRecord]:
    """The records of a CSV text with the lines at which they begin; blank lines are left out.

    Args:
        text: the whole text of the file.
        file: what the file is called when something is wrong.
        separator: what stands between two cells; found out if empty.
        skip: so many lines at the beginning were read already.

    Raises:
        FileError: at the record whose quotes do not close or that is too long.
    """
    sign = separator or _delimiter(text, file)
    reader = csv.reader(StringIO(text, newline=""), delimiter=sign, strict=True)
    while True:
        begins = reader.line_num + 1 + skip
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            reason = f"cannot be split into cells ({error}); close every quote"
            raise refuse_file(file, reason, line=begins) from None
        if any(cell.strip() for cell in cells):
            yield begins, [cell.strip() for cell in cells]


def _delimiter(text: str, file: str) -> str:
    """Whichever of comma and semicolon splits the header into more columns."""
    counts = {sign: _width(text, sign) for sign in (",", ";")}
    sign = max(counts, key=lambda each: counts[each])
    if counts[sign] == 1 and "\t" in text.partition("\n")[0]:
        raise refuse_file(file, "is separated by tabs; save it with commas or semicolons", line=1)
    return sign


def _width(text: str, delimiter: str) -> int:
    try:
        return len(next(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)))
    except (csv.Error, StopIteration):
        return 0
