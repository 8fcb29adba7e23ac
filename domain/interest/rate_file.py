"""Reads a rate file to its entries, or to the list of all that is wrong with it."""

from __future__ import annotations

import reprlib
import tomllib
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from domain.errors import DomainError
from domain.interest.half_years import next_half_year
from domain.interest.rate_schema import (
    WAYS_OUT,
    CompensationEntry,
    RateEntry,
    RateFileEntry,
    RateRowsEntry,
    SchemeEntry,
    TableEntry,
)
from domain.interest.toml_lines import line_of, line_of_error, parse_toml
from domain.money import parse_money

_Complaint = tuple[tuple[str | int, ...], str]
_Entry = TypeVar("_Entry", bound=RateFileEntry)


class RatesError(DomainError):
    """A rate file that cannot be relied on.

    Attributes:
        problems: one line each, as ``file:line: key: reason; way out``.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems), field="rates")
        self.problems = tuple(problems)


def read_rate_table(text: str, file: str) -> TableEntry:
    """Read the TOML text of a rate file; ``file`` is what complaints call it.

    Raises:
        RatesError: naming every problem with its line.
    """
    entry = _read(TableEntry, text, file)
    if found := list(_complaints(entry)):
        raise RatesError(_named(found, text, file))
    return entry


def read_rate_rows(text: str, file: str, codes: Sequence[str]) -> RateRowsEntry:
    """Read the TOML text of a file of rates alone, of one of these jurisdictions.

    Raises:
        RatesError: naming every problem with its line.
    """
    entry = _read(RateRowsEntry, text, file)
    found = list(_starts(entry.rate))
    if entry.code not in codes:
        found.append((("code",), f"{entry.code!r} is none of {', '.join(codes)}; write one"))
    if found:
        raise RatesError(_named(found, text, file))
    return entry


def _read(kind: type[_Entry], text: str, file: str) -> _Entry:
    try:
        return kind.model_validate(parse_toml(text))
    except tomllib.TOMLDecodeError as error:
        line = line_of_error(text, str(error))
        raise RatesError([f"{file}:{line}: this is not TOML: {error}; quote texts"]) from None
    except ValidationError as error:
        found = [_in_words(detail) for detail in error.errors()]
        raise RatesError(_named(found, text, file)) from None


def _named(found: Sequence[_Complaint], text: str, file: str) -> list[str]:
    lines = sorted((line_of(text, path), _key(path), reason) for path, reason in found)
    return [f"{file}:{line}: {key}: {reason}" for line, key, reason in lines]


def _key(path: Sequence[str | int]) -> str:
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in path)


def _in_words(detail: ErrorDetails) -> _Complaint:
    path = detail["loc"]
    if detail["type"] == "extra_forbidden":
        return path, f"is no key of a rate file; the keys are {', '.join(WAYS_OUT)}"
    way_out = WAYS_OUT.get(str(path[-1])) or "write a table"
    if detail["type"] == "missing":
        return path, f"is missing; {way_out}"
    return path, f"{reprlib.repr(detail['input'])} does not fit; {way_out}"


def _complaints(entry: TableEntry) -> Iterator[_Complaint]:
    yield from _scheme(entry.business, "business")
    yield from _scheme(entry.consumer, "consumer")
    yield from _rows(entry)
    if entry.compensation:
        yield from _compensation(entry.compensation)


def _scheme(entry: SchemeEntry, name: str) -> Iterator[_Complaint]:
    given = [entry.margin is not None, entry.flat is not None, bool(entry.none)]
    if sum(given) != 1:
        yield (name,), "write exactly one of margin, flat and none"
    elif not entry.none and not entry.law:
        yield (name, "law"), f"is missing; {WAYS_OUT['law']}"
    elif entry.flat and not (entry.source and entry.recorded):
        yield (name, "flat"), "has no source and date; write source and recorded beside it"
    if Decimal(entry.round_up_to) < 0:
        yield (name, "round_up_to"), 'is below zero; write a step such as "0.5"'


def _starts(rows: Sequence[RateEntry]) -> Iterator[_Complaint]:
    for index, row in enumerate(rows):
        if (row.since.month, row.since.day) not in {(1, 1), (7, 1)}:
            reason = f"{row.since} begins no half-year; write 1 January or 1 July"
            yield ("rate", index, "from"), reason


def _rows(entry: TableEntry) -> Iterator[_Complaint]:
    rests = any(one.margin is not None for one in (entry.business, entry.consumer))
    if rests != bool(entry.rate):
        what = "is missing" if rests else "means nothing without a margin"
        yield ("rate",), f"{what}; {WAYS_OUT['rate']}"
    yield from _starts(entry.rate)
    expected: date | None = None
    for index, row in enumerate(entry.rate):
        day = row.since
        if expected and day != expected and day.day == 1 and day.month in {1, 7}:
            yield ("rate", index, "from"), f"{day} leaves a gap or repeats; {expected} comes next"
        expected = next_half_year(day)


def _compensation(entry: CompensationEntry) -> Iterator[_Complaint]:
    try:
        for band in entry.band:
            parse_money(band.amount, entry.currency)
        yield from _bands(entry)
    except DomainError as error:
        yield ("compensation", error.field or "band"), str(error)


def _bands(entry: CompensationEntry) -> Iterator[_Complaint]:
    last = len(entry.band) - 1
    edge = 0
    for index, band in enumerate(entry.band):
        path = ("compensation", "band", index, "up_to")
        if (band.up_to is None) != (index == last):
            yield path, "belongs to every band but the last; the last is open upwards"
        elif band.up_to is not None:
            here = parse_money(band.up_to, entry.currency).minor
            if here <= edge:
                yield path, f"{band.up_to} does not lie above the band before; sort the bands"
            edge = here
