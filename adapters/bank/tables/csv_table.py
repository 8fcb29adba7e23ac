"""Finds the table in a bank's text file: its encoding, separator and header, and its lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from adapters.bank.refused_file import BankFileError
from adapters.bank.tables.csv_profile import BankCsvProfile

_SEPARATORS = (";", ",", "\t", "|")
_TITLES = 40
"""So many lines may stand above the header: the account, the period, filters."""
_OPTIONAL = frozenset(
    {"valued", "end_to_end", "payer_account", "reference", "row_number", "balance"}
)
"""Columns that some exports of the same bank lack."""


@dataclass(frozen=True, slots=True)
class BankTableLine:
    """One booking's cells by what they are; several of `text`."""

    line: int
    cells: Mapping[str, str]
    texts: tuple[str, ...]
    headers: Mapping[str, str]

    def said(self, column: str) -> str:
        """The cell of a column; empty if the table has none."""
        return self.cells.get(column, "")

    def header(self, column: str) -> str:
        """What the bank calls a column."""
        return self.headers.get(column, column)


@dataclass(frozen=True, slots=True)
class BankTable:
    """A table with the profile that fits it."""

    profile: BankCsvProfile
    lines: tuple[BankTableLine, ...]
    header_line: int


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A row that may be the header, and how many columns of the profile it names."""

    fits: int
    profile: BankCsvProfile
    separator: str
    line: int
    header: list[str]


def find_table(body: bytes, profiles: Iterable[BankCsvProfile]) -> BankTable | None:
    """Find the table of a file by the profile of whose columns most are there; None if none fits.

    Raises:
        BankFileError: if a line of the table cannot be read.
    """
    best = _best(body, profiles)
    if best is None:
        return None
    text = _decoded(body, best.profile.encoding)
    lines = _lines(text, best.separator, best.line, best.header, best.profile)
    return BankTable(best.profile, tuple(lines), best.line)


def is_table(body: bytes, profiles: Iterable[BankCsvProfile]) -> bool:
    """Tell whether a file has the columns of a profile, without reading its lines."""
    return _best(body, profiles) is not None


def _best(body: bytes, profiles: Iterable[BankCsvProfile]) -> _Candidate | None:
    found = [one for profile in profiles for one in _candidates(body, profile)]
    return max(found, key=lambda one: one.fits, default=None)


def _candidates(body: bytes, profile: BankCsvProfile) -> Iterator[_Candidate]:
    text = _decoded(body, profile.encoding)
    for separator in filter(None, (profile.separator, *_SEPARATORS)):
        for line, header in _first_rows(text, separator):
            fits = _fitting(header, profile)
            if fits:
                yield _Candidate(fits, profile, separator, line, header)


def _decoded(body: bytes, encoding: str) -> str:
    """The text: by its mark, else as UTF-8 if it is, else as the profile says."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", errors="replace")
    for one in ("utf-8-sig", encoding or "cp1252"):
        try:
            return body.decode(one)
        except UnicodeDecodeError:
            continue
    return body.decode("latin-1")


def _rows(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with the line at which each begins: a cell in quotes may go over several."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    begins = 1
    try:
        for cells in reader:
            yield begins, [cell.strip() for cell in cells]
            begins = reader.line_num + 1
    except csv.Error:
        raise BankFileError("is no table that can be read", line=begins) from None


def _first_rows(text: str, separator: str) -> list[tuple[int, list[str]]]:
    found: list[tuple[int, list[str]]] = []
    try:
        for row in _rows(text, separator):
            found.append(row)
            if len(found) == _TITLES:
                break
    except BankFileError:
        pass
    return found


def _fitting(cells: Sequence[str], profile: BankCsvProfile) -> int:
    """How many of a profile's columns a row names; 0 if one is missing that must be there."""
    found = _places(cells, profile)
    missing = profile.columns.keys() - found.keys() - _OPTIONAL
    return 0 if missing else sum(len(places) for places in found.values())


def _places(cells: Sequence[str], profile: BankCsvProfile) -> dict[str, list[int]]:
    plain = [_plain(cell) for cell in cells]
    found: dict[str, list[int]] = {}
    for column, headers in profile.columns.items():
        places = [plain.index(_plain(one)) for one in headers if _plain(one) in plain]
        if places:
            found[column] = places if column == "text" else places[:1]
    return found


def _plain(header: str) -> str:
    return "".join(header.casefold().split())


def _lines(
    text: str, separator: str, header_line: int, header: list[str], profile: BankCsvProfile
) -> Iterator[BankTableLine]:
    places = _places(header, profile)
    names = {column: header[found[0]] for column, found in places.items()}
    width = len(header)
    for line, cells in _rows(text, separator):
        if line <= header_line or not any(cells) or _is_skipped(cells, profile):
            continue
        if len(cells) < width or any(cells[width:]):
            what = f"has {len(cells)} cells where the header has {width}"
            way_out = "if it is no booking, name how it begins in skip_lines of a profile"
            raise BankFileError(f"{what}; {way_out}", line=line)
        single = {column: cells[found[0]] for column, found in places.items() if column != "text"}
        texts = tuple(filter(None, (cells[place] for place in places.get("text", ()))))
        yield BankTableLine(line, single, texts, names)


def _is_skipped(cells: Sequence[str], profile: BankCsvProfile) -> bool:
    first = next(filter(None, cells), "")
    return any(first.startswith(begin) for begin in profile.skip_lines)
