"""How a file writes dates: found out where only one way fits all of them, or asked."""

from __future__ import annotations

import re
from calendar import month_abbr
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from babel import Locale

from domain.errors import DomainError
from starter.importing.files.problems import (
    ReadHint,
    ReadOption,
    UnreadableError,
    refuse_file,
)

ORDERS = ("YMD", "DMY", "MDY")
"""The orders of year, month and day; separators and names of months do not matter."""

_TIME = re.compile(
    r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AaPp][Mm])?( ?(Z|UTC|[+-]\d{2}:?\d{2}))?$"
)
_NUMBERS = re.compile(r"^(\d{1,4})([-/. ])(\d{1,2})\2(\d{1,4})$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_WORDS = re.compile(
    r"^(?:[^\W\d]+\.?,? )?(\d{1,2})(?:st|nd|rd|th|er|º|\.)?(?: de |[ -./]*)"
    r"([^\W\d]+)\.?,?(?: de |[ -./]*)(\d{2}|\d{4})$"
)
_WORDS_FIRST = re.compile(r"^([^\W\d]+)\.?[ -/](\d{1,2})(?:st|nd|rd|th)?,?[ -/](\d{4})$")
_WEEKDAY = re.compile(r"^([^\W\d]{2,})\.?,? (?=\d|[^\W\d]+\.? \d)")
_TAIL = re.compile(r"(?<=\d)(?:\.| ?r\.)$")
"""What ends a date in Polish (``r.``), Croatian and Hungarian."""

_LANGUAGES = (
    "en",
    "de",
    "fr",
    "it",
    "es",
    "nl",
    "sv",
    "pl",
    "ro",
    "pt",
    "da",
    "nb",
    "fi",
    "cs",
    "ru",
)
_ENGLISH = {name.lower(): at for at, name in enumerate(month_abbr) if name}
"""What most programs write, whatever their own language: here English comes first."""

_CENTURY, _SPAN = 2000, 80
_LONG_YEAR = 4
_LONG = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class DateCell:
    """A date as it stands in a file."""

    line: int
    column: str
    written: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DateStyle:
    """How a file writes its dates.

    Attributes:
        order: of year, month and day.
        short_years: whether a year of two digits is believed: only where no date has four.
    """

    order: str
    short_years: bool = True


def date_style(cells: Iterable[DateCell], file: str) -> DateStyle:
    """The way of writing in which every date of a file makes sense.

    Raises:
        FileError: if two orders fit and mean different days, with the way out.
    """
    given = [cell for cell in cells if cell.written]
    short = not any(_LONG.search(cell.written) for cell in given)
    fitting = [order for order in ORDERS if all(_means(cell.written, order) for cell in given)]
    if not fitting:
        return DateStyle(order=_closest(given), short_years=short)
    for cell in given:
        days = {_means(cell.written, order) for order in fitting}
        if len(days) > 1:
            either = " or ".join(sorted(day.isoformat() for day in days if day))
            reason = f"{cell.written!r} could be {either}, and no other date tells"
            told = f"{cell.column}: {reason}; say how dates are written"
            hints = [ReadHint(ReadOption.DATE_FORMAT, order) for order in fitting]
            raise refuse_file(file, told, line=cell.line, hints=hints)
    return DateStyle(order=fitting[0], short_years=short)


def told_style(how: str) -> DateStyle | None:
    """The way of writing that an order such as ``DMY`` means; None if it is no order."""
    return DateStyle(order=how.upper()) if how.upper() in ORDERS else None


def reader_of_dates(style: DateStyle) -> Callable[[str], date]:
    """A reader of dates that are written in a way."""

    def read(text: str) -> date:
        if not text:
            raise DomainError("is empty; a date is needed here")
        found = _means(text, style.order)
        if found is None:
            told = f"{text!r} is no date; write it like 2026-03-31, or say how dates are written"
            raise UnreadableError(told, ReadOption.DATE_FORMAT)
        if not (style.short_years or _LONG.search(text)):
            told = f"{text!r} has a year of two digits, where other dates have four; write it out"
            raise UnreadableError(told, ReadHint(ReadOption.DATE_FORMAT, style.order))
        return found

    return read


def _closest(cells: list[DateCell]) -> str:
    """The order in which the most dates make sense: the others are named as wrong."""
    return max(ORDERS, key=lambda order: sum(_means(c.written, order) is not None for c in cells))


@lru_cache(maxsize=65536)
def _means(text: str, order: str) -> date | None:
    """The day that a text means in an order; None if it is none."""
    bare = _after_weekday(_TAIL.sub("", _TIME.sub("", " ".join(text.split()))))
    for year, month, day in _readings(bare, order):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    return None


def _after_weekday(text: str) -> str:
    """A date without the day of the week before it."""
    found = _WEEKDAY.match(text)
    is_month = found and found[1].lower() in _months()
    return text[found.end() :] if found and not is_month else text


def _readings(text: str, order: str) -> Iterator[tuple[int, int, int]]:
    if found := _COMPACT.match(text):
        yield int(found[1]), int(found[2]), int(found[3])
    elif found := _NUMBERS.match(text):
        yield from _in_order((found[1], found[3], found[4]), order, found[2])
    elif found := _WORDS.match(text):
        yield from _named(found[3], found[2], found[1])
    elif found := _WORDS_FIRST.match(text):
        yield from _named(found[3], found[1], found[2])


def _in_order(parts: tuple[str, str, str], order: str, sign: str) -> Iterator[tuple[int, int, int]]:
    first, middle, last = parts
    if len(first) == _LONG_YEAR:  # 2026-03-31: nobody writes the day in the middle
        yield int(first), int(middle), int(last)
        return
    if sign == "." and order != "DMY":  # points stand between day, month and year only
        return
    years = {"YMD": first, "DMY": last, "MDY": last}
    year = years[order]
    if len(year) not in (2, _LONG_YEAR) or any(len(part) > 2 for part in parts if part is not year):  # noqa: PLR2004 - two digits
        return
    month, day = {"YMD": (middle, last), "DMY": (middle, first), "MDY": (first, middle)}[order]
    yield _year(year), int(month), int(day)


def _named(year: str, month: str, day: str) -> Iterator[tuple[int, int, int]]:
    number = _months().get(month.lower().rstrip("."))
    if number:
        yield _year(year), number, int(day)


def _year(text: str) -> int:
    number = int(text)
    if len(text) == _LONG_YEAR:
        return number
    return number + _CENTURY - (100 if number >= _SPAN else 0)


@lru_cache(maxsize=1)
def _months() -> Mapping[str, int]:
    """Names of months in several languages, long and short; a name that is two months is none."""
    found: dict[str, int] = {}
    twice: set[str] = set()
    for language in _LANGUAGES:
        for number, name in _names(Locale(language)):
            twice |= {name} if found.setdefault(name, number) != number else set()
    return {name: number for name, number in found.items() if name not in twice} | _ENGLISH


def _names(locale: Locale) -> Iterator[tuple[int, str]]:
    for context in locale.months.values():
        for width in ("abbreviated", "wide"):
            for number, name in context[width].items():
                yield number, name.lower().rstrip(".")
