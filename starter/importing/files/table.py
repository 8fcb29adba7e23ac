"""Splits a CSV file into lines of named cells; its headers are mapped to our field names."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from domain.errors import DomainError
from starter.importing.files.options import ReadOptions
from starter.importing.files.problems import Hints, Problems, ReadOption, UnreadableError
from starter.importing.files.text import CsvRecord, read_text, records

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """The fields that a kind of file must have and may have."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Every field, required ones first."""
        return (*self.required, *self.optional)


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvLine:
    """One record of a file.

    Attributes:
        number: the line of the file at which it begins.
        cells: our field name to the cell's text, without spaces around it.
        headers: our field name to what the file calls it.
        problems: where to complain.
    """

    number: int
    cells: Mapping[str, str]
    headers: Mapping[str, str]
    problems: Problems

    def text(self, field: str) -> str:
        """Read the cell's text; empty if it is empty or the file has no such column."""
        return self.cells.get(field, "")

    def read(self, field: str, parse: Callable[[str], T], otherwise: T) -> T:
        """Read what the cell means; a problem is noted and ``otherwise`` stands in for it."""
        try:
            return parse(self.text(field))
        except DomainError as error:
            hints = error.hints if isinstance(error, UnreadableError) else None
            self.complain(error.field if error.field in self.headers else field, str(error), hints)
            return otherwise

    def complain(self, field: str | None, reason: str, hints: Hints = None) -> None:
        """Note that something is wrong with a cell."""
        column = self.headers.get(field or "", field or "")
        self.problems.add(reason, line=self.number, column=column, hints=hints)


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvTable:
    """The lines of a file.

    Attributes:
        headers: our field name to the file's header, for the columns that the file has.
        ignored: headers of the file that mean nothing here.
        problems: what is wrong so far; readers add to it and refuse the file at the end.
    """

    lines: tuple[CsvLine, ...]
    headers: Mapping[str, str]
    ignored: tuple[str, ...]
    problems: Problems


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvHead:
    """What the header of a file says about its lines.

    Attributes:
        file: what the file is called when something is wrong.
        width: how many cells each line has.
        places: our field name to the number of its column.
        headers: our field name to the file's header, for the columns that the file has.
        labels: the same, and our own names for the other fields.
        ignored: headers of the file that mean nothing here.
    """

    file: str
    width: int
    places: Mapping[str, int]
    headers: Mapping[str, str]
    labels: Mapping[str, str]
    ignored: tuple[str, ...]

    def text(self, cells: Sequence[str], field: str, options: ReadOptions) -> str:
        """Read one cell of a line: its own, else the one that is said for all lines."""
        own = cells[self.places[field]] if field in self.places else ""
        return own or options.constants.get(field, "")


def read_table(path: Path, fields: Fields, options: ReadOptions) -> CsvTable:
    """Split a file into lines of named cells.

    Raises:
        FileError: if it cannot be split, or the header does not fit.
    """
    problems = Problems(str(path))
    head, source = read_head(path, fields, options, problems)
    return table_of(head, source, options, problems)


def read_head(
    path: Path, fields: Fields, options: ReadOptions, problems: Problems
) -> tuple[CsvHead, Iterator[CsvRecord]]:
    """Read the header of a file; answers what it says, and the records that follow it.

    Raises:
        FileError: if it cannot be split, or the header does not fit.
    """
    source = records(read_text(path), str(path))
    first, header = next(source, (1, [""]))
    places = _places(header, first, fields, options, problems)
    problems.refuse()
    named = {field: header[place] for field, place in places.items()}
    head = CsvHead(
        file=str(path),
        width=len(header),
        places=places,
        headers=named,
        labels={**{field: field for field in fields.all}, **named},
        ignored=tuple(name for at, name in enumerate(header) if at not in places.values() and name),
    )
    return head, straight(source, head, problems)


def table_of(
    head: CsvHead, source: Iterable[CsvRecord], options: ReadOptions, problems: Problems
) -> CsvTable:
    """Name the cells of a file's records."""
    lines = tuple(
        CsvLine(
            number=number,
            cells=_cells(cells, head.places, options.constants),
            headers=head.labels,
            problems=problems,
        )
        for number, cells in source
    )
    return CsvTable(lines=lines, headers=head.headers, ignored=head.ignored, problems=problems)


def _cells(
    cells: Sequence[str], places: Mapping[str, int], constants: Mapping[str, str]
) -> dict[str, str]:
    own = {field: cells[place] for field, place in places.items() if cells[place]}
    return {**constants, **own}


def straight(source: Iterator[CsvRecord], head: CsvHead, problems: Problems) -> Iterator[CsvRecord]:
    """Leave out records that have more or fewer cells than the header, and note them."""
    for number, cells in source:
        if len(cells) == head.width:
            yield number, cells
            continue
        reason = f"has {len(cells)} cells where the header has {head.width}"
        problems.add(f"{reason}; put a value that holds the separator in quotes", line=number)


def _places(
    header: Sequence[str], line: int, fields: Fields, options: ReadOptions, problems: Problems
) -> dict[str, int]:
    """Which column of the file holds which field."""
    plain = [_plain(name) for name in header]
    for name in sorted({name for name in plain if name and plain.count(name) > 1}):
        problems.add("is the name of two columns; rename one", line=line, column=name)
    for field in (*options.columns, *options.constants):
        if field not in fields.all:
            problems.add(f"{field!r} is no field here; the fields are {', '.join(fields.all)}")
    places = {field: plain.index(field) for field in fields.all if field in plain}
    for field, name in options.columns.items():
        if _plain(name) in plain:
            places[field] = plain.index(_plain(name))
        else:
            reason = f"there is no such column to map {field} to; there are {', '.join(header)}"
            problems.add(reason, line=line, column=name)
    _complain_of_missing(header, line, fields, {*places, *options.constants}, problems)
    return places


def _complain_of_missing(
    header: Sequence[str], line: int, fields: Fields, found: set[str], problems: Problems
) -> None:
    for field in fields.required:
        if field not in found:
            like = difflib.get_close_matches(field, header, n=1)
            near = f", such as {like[0]}" if like else ""
            reason = f"this column is missing; if it has another name{near}, say which it is"
            problems.add(reason, line=line, column=field, hints=ReadOption.COLUMNS)


def _plain(name: str) -> str:
    return name.strip().lower().replace(" ", "_").replace("-", "_")
