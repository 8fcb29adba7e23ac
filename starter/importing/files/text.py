"""From bytes to records: UTF-8 only, comma or semicolon, quotes that close."""

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


def read_text(path: Path) -> str:
    """The text of a CSV file.

    Raises:
        FileError: if there is no such file, it is too large, empty, or not UTF-8.
    """
    file = str(path)
    try:
        if path.stat().st_size > _LARGEST:
            raise refuse_file(file, f"is larger than {_LARGEST // 2**20} MB; split it")
        raw = path.read_bytes()
    except OSError as error:
        raise refuse_file(file, f"cannot be read: {error.strerror}") from None
    return _decoded(raw, file)


def _decoded(raw: bytes, file: str) -> str:
    if raw.startswith(_UTF16):
        raise refuse_file(file, f"is UTF-16, not UTF-8; {_AS_UTF8}")
    if (at := raw.find(b"\0")) >= 0:
        reason = f"holds a NUL byte, so it is UTF-16 or damaged; {_AS_UTF8}"
        raise refuse_file(file, reason, line=_line(raw, at))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        byte = raw[error.start : error.start + 1]
        looks = byte.decode("cp1252", errors="replace")
        reason = f"byte 0x{byte.hex().upper()} is not UTF-8 (in Windows-1252 it would be {looks!r})"
        raise refuse_file(file, f"{reason}; {_AS_UTF8}", line=_line(raw, error.start)) from None
    if not text.strip():
        raise refuse_file(file, "is empty; the first line must name the columns")
    return text


def _line(raw: bytes, at: int) -> int:
    return raw.count(b"\n", 0, at) + 1


def records(text: str, file: str) -> Iterator[CsvRecord]:
    """The records of a CSV text with the lines at which they begin; blank lines are left out.

    Raises:
        FileError: at the record whose quotes do not close or that is too long.
    """
    sign = _delimiter(text, file)
    reader = csv.reader(StringIO(text, newline=""), delimiter=sign, strict=True)
    while True:
        begins = reader.line_num + 1
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
