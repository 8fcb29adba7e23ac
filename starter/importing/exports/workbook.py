"""Spreadsheets (XLSX, XLS, ODS): their cells as text, exactly as a person would type them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from starter.importing.files.problems import ReadHint, ReadOption, refuse_file
from starter.importing.files.text import CsvRecord

_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LARGEST = 512 * 1024 * 1024
"""Bytes when unpacked: a small file may unfold to more than a machine holds."""

_DIGITS = 15
"""What a spreadsheet keeps of a number; more is noise of its binary form."""


def is_workbook(raw: bytes) -> bool:
    """Whether a file is a spreadsheet and no text."""
    return raw.startswith((_ZIP, _OLD))


def read_workbook(raw: bytes, file: str, sheet: str) -> tuple[list[CsvRecord], str]:
    """The records of one sheet by their rows, and a word on which sheet it was.

    Raises:
        FileError: if it cannot be opened, or it has no such sheet.
    """
    _refuse_bombs(raw, file)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(raw))
        names = [meta.name for meta in book.sheets_metadata if meta.typ is SheetTypeEnum.WorkSheet]
        chosen = _chosen(names, sheet, file)
        filled = {name: list(_records(book, name)) for name in chosen}
    except CalamineError as error:
        raise refuse_file(file, f"cannot be opened as a spreadsheet: {error}") from None
    found = [name for name, lines in filled.items() if lines]
    if not found:
        raise refuse_file(file, "holds no cells; it must hold a line that names the columns")
    if len(found) > 1:
        told = ", ".join(found)
        hints = [ReadHint(ReadOption.SHEET, name) for name in found]
        raise refuse_file(file, f"has several sheets ({told}); say which", hints=hints)
    note = f"read from the sheet {found[0]!r}" if len(names) > 1 else ""
    return filled[found[0]], note


def _chosen(names: list[str], sheet: str, file: str) -> list[str]:
    if not sheet:
        return names
    if sheet not in names:
        raise refuse_file(file, f"has no sheet {sheet!r}; there are {', '.join(names)}")
    return [sheet]


def _records(book: CalamineWorkbook, name: str) -> Iterator[CsvRecord]:
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    width = max((at + 1 for row in rows for at, cell in enumerate(row) if _text(cell)), default=0)
    for number, row in enumerate(rows, start=1):
        cells = [_text(cell) for cell in row[:width]]
        if any(cells):
            yield number, cells


def _text(cell: object) -> str:
    """A cell as a person would type it: dates as ISO, numbers without noise."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date | time | timedelta):
        return str(cell)
    if isinstance(cell, int | float):
        return _number(cell)
    return str(cell).strip()


def _number(cell: float) -> str:
    exact = Decimal(f"{cell:.{_DIGITS}g}")
    return f"{exact.to_integral_value() if exact == exact.to_integral_value() else exact:f}"


def _refuse_bombs(raw: bytes, file: str) -> None:
    if not raw.startswith(_ZIP):
        return
    try:
        size = sum(part.file_size for part in ZipFile(BytesIO(raw)).infolist())
    except BadZipFile:
        raise refuse_file(file, "is a damaged spreadsheet; save it again") from None
    if size > _LARGEST:
        raise refuse_file(file, f"unfolds to more than {_LARGEST // 2**20} MB; split it")
