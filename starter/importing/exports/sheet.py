"""From a file to records of cells: any usual encoding and separator, and spreadsheets."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from pathlib import Path

from domain.errors import DomainError
from starter.importing.exports.workbook import is_workbook, read_workbook
from starter.importing.files.options import ReadOptions
from starter.importing.files.problems import ReadOption, refuse_file
from starter.importing.files.text import CsvRecord, line_at, read_file, records

SEPARATOR_WORDS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
_SEP_LINE = re.compile(r"\A\"?sep=(.)\"?\r?\n", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LOOKED_AT = 60
"""Records that are looked at to find the separator: titles may stand above the table."""

_NO_TABLES = {b"<": "a web page or XML", b"%PDF-": "a PDF", b"[{": "JSON", b"{": "JSON"}
_SURE = "utf-8-sig"
_TEXT_FORMULA = re.compile(r'^="([^"]*)"$')
_TEXT_MARK = re.compile(r"^'(?=[\d=+@-])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The records of a file, and what was found out to read them.

    Attributes:
        notes: what a person should know about how it was read.
    """

    file: str
    records: tuple[CsvRecord, ...]
    notes: tuple[str, ...] = ()


def read_sheet(path: Path, options: ReadOptions) -> Sheet:
    """The records of a CSV file or a spreadsheet.

    Raises:
        FileError: if it cannot be read or split into cells.
        DomainError: if an option cannot be understood.
    """
    raw, file = read_file(path), str(path)
    if is_workbook(raw):
        found, note = read_workbook(raw, file, options.sheet)
        return Sheet(file=file, records=tuple(found), notes=(note,) if note else ())
    _refuse_what_is_no_table(raw, file)
    text, notes = _text(raw, file, options.encoding)
    if not text.strip():
        raise refuse_file(file, "is empty; it must hold a line that names the columns")
    told = _SEP_LINE.match(text)
    body = text[told.end() :] if told else text
    sign = _asked(options.separator) or (told[1] if told else "") or _separator(body)
    cut = records(body, file, sign, skip=1 if told else 0)
    read = tuple((line, [_plain_cell(cell) for cell in cells]) for line, cells in cut)
    return Sheet(file=file, records=read, notes=notes)


def _plain_cell(cell: str) -> str:
    """A cell without the signs by which spreadsheets are told that a number is a text."""
    formula = _TEXT_FORMULA.match(cell)
    return formula[1] if formula else _TEXT_MARK.sub("", cell)


def _refuse_what_is_no_table(raw: bytes, file: str) -> None:
    """Programs call a page or an XML file a spreadsheet by its name alone."""
    begins = raw[:200].removeprefix(codecs.BOM_UTF8).lstrip()
    found = next((what for sign, what in _NO_TABLES.items() if begins.startswith(sign)), "")
    if found:
        way_out = "open it in a spreadsheet and save it as CSV or XLSX, or export it anew"
        raise refuse_file(file, f"is {found} and no table; {way_out}")


def _text(raw: bytes, file: str, encoding: str) -> tuple[str, tuple[str, ...]]:
    if encoding:
        return _decoded(raw, file, _codec(encoding)), ()
    told = next((name for mark, name in _BOMS if raw.startswith(mark)), "") or _wide(raw)
    if told:
        return _decoded(raw, file, told), ()
    if (at := raw.find(b"\0")) >= 0:
        raise refuse_file(file, "holds a NUL byte, so it is damaged", line=line_at(raw, at))
    try:
        return raw.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        at = error.start
    text, odd = _decoded(raw, file, "cp1252"), raw[at : at + 1].decode("cp1252", errors="replace")
    where = f"line {line_at(raw, at)} holds {odd!r}"
    return text, (f"read as Windows-1252 ({where}); if names look wrong, say its encoding",)


def _wide(raw: bytes) -> str:
    """UTF-16 without a mark: every other byte of a western text is NUL."""
    head = raw[:400]
    if len(head) < 4 or len(raw) % 2:  # noqa: PLR2004 - two letters
        return ""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if not even and odd > len(head) // 3:
        return "utf-16-le"
    return "utf-16-be" if not odd and even > len(head) // 3 else ""


def _decoded(raw: bytes, file: str, encoding: str) -> str:
    try:
        text = raw.decode(encoding)
    except UnicodeError as error:
        at = error.start if isinstance(error, UnicodeDecodeError) else 0
        byte = raw[at : at + 1].hex().upper()
        reason = f"byte 0x{byte} is not {encoding}; say its encoding, or save it as UTF-8"
        line, hint = line_at(raw, at), ReadOption.ENCODING
        raise refuse_file(file, reason, line=line, hints=hint) from None
    if "\0" in text:
        reason = f"holds NUL characters when read as {encoding}; say another encoding"
        raise refuse_file(file, reason, hints=ReadOption.ENCODING)
    return text.removeprefix("\ufeff")


def _codec(name: str) -> str:
    """An encoding of texts by any of its names."""
    try:
        found = codecs.lookup(name)
        "".encode(found.name)  # what turns bytes into bytes is no encoding of a text
    except (LookupError, ValueError):
        way_out = "write for example utf-8, cp1252, latin-1, utf-16, cp1250 or cp1251"
        raise DomainError(f"the encoding {name!r} is not known; {way_out}") from None
    return _SURE if found.name == "utf-8" else found.name


def _asked(separator: str) -> str:
    sign = SEPARATOR_WORDS.get(separator.lower(), separator)
    if len(sign) > 1 or sign == '"' or sign.isalnum():
        known = ", ".join(SEPARATOR_WORDS)
        raise DomainError(f"the separator {separator!r} is not known; write {known}, or one sign")
    return sign


def _separator(text: str) -> str:
    """Whichever sign splits the most records into equally many cells, more cells first."""
    widths = {sign: _widths(text, sign) for sign in SEPARATOR_WORDS.values()}
    return max(SEPARATOR_WORDS.values(), key=lambda sign: _fit(widths[sign]))


def _fit(widths: list[int]) -> tuple[int, int]:
    """How well a sign splits: cells in the table, and how many records have so many."""
    if not widths:
        return 0, 0
    common = max(set(widths), key=lambda width: (widths.count(width) * (width > 1), width))
    return (widths.count(common) * (common - 1), common)


def _widths(text: str, sign: str) -> list[int]:
    return list(islice(_record_widths(text, sign), _LOOKED_AT))


def _record_widths(text: str, sign: str) -> Iterator[int]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=sign, strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield len(cells)
    except csv.Error:  # not the right sign, or damaged: then the reading itself will say so
        return
