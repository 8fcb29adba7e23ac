"""Reads the day that a sentence names, in the ten languages of the letters; None if in doubt."""

from __future__ import annotations

import re
import tomllib
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

_MARK = r"€|\$|£|zł|(?:eur|usd|gbp|chf|pln|ron|sek|rub|kr|lei)\b"
_SUM = re.compile(rf"(?:{_MARK})\s?\d[\d.,]*|\d[\d.,]*\s?(?:{_MARK})")
"""Sums look like days: 10.12 EUR."""

_ISO = re.compile(r"\b(20\d\d)-(\d\d)-(\d\d)\b")
_DOTTED = re.compile(
    r"(?<![\d.,])(\d{1,2})([./-])(\d{1,2})"
    r"(?:\2(\d{4}|\d{2})(?!\d)|\.(?!\d)|(?=[\s,;!?)]|$))"
)


def spoken_day(sentence: str, language: str, today: date) -> date | None:
    """Read the one day to come that a sentence names; None if it names none, or leaves a doubt."""
    text = _SUM.sub(" ", sentence.casefold())
    found = set(_named_days(text, language, today)) or set(_other_days(text, language, today))
    return found.pop() if len(found) == 1 else None


def _named_days(text: str, language: str, today: date) -> Iterator[date | None]:
    for year, month, day in _ISO.findall(text):
        yield _day(int(year), int(month), int(day))
    for one, _mark, other, year in _DOTTED.findall(_ISO.sub(" ", text)):
        yield _dotted(int(one), int(other), year, language, today)
    yield from _with_names(text, language, today)


def _with_names(text: str, language: str, today: date) -> Iterator[date | None]:
    for number, begin in enumerate(_words(language)["months"].split(), start=1):
        for shape in (_DAY_FIRST, _MONTH_FIRST) if language == "en" else (_DAY_FIRST,):
            for day, year in re.findall(shape.format(begin=begin), text):
                yield _of_year(number, int(day), int(year or 0), today)


_DAY_FIRST = (
    r"\b(\d{{1,2}})(?:\.|st|nd|rd|th|er|º)?\s+(?:of\s+|de\s+|d')?{begin}[^\W\d]*"
    r"(?:\s+(?:de\s+)?(20\d\d))?"
)
_MONTH_FIRST = r"\b{begin}[^\W\d]*\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,?\s+(20\d\d))?"


def _other_days(text: str, language: str, today: date) -> Iterator[date | None]:
    words = _words(language)
    if re.search(rf"\b(?:{words['tomorrow']})\b", text):
        yield today + timedelta(days=1)
    if re.search(rf"\b(?:{words['month_end']})\b", text):
        yield today.replace(day=monthrange(today.year, today.month)[1])
    for weekday, name in enumerate(words["weekdays"].split()):
        if re.search(rf"\b{name}", text):
            is_vague = re.search(rf"\b(?:{words['vague']})\b", text)
            ahead = (weekday - today.weekday()) % 7
            yield today + timedelta(days=ahead) if ahead and not is_vague else None


@cache
def _words(language: str) -> dict[str, str]:
    text = files("domain.intake").joinpath("spoken_days.toml").read_text(encoding="utf-8")
    found: dict[str, str] = tomllib.loads(text)[language]
    return found


def _dotted(one: int, other: int, year: str, language: str, today: date) -> date | None:
    """A day as figures: day and month, but in English nobody knows which comes first."""
    in_doubt = language == "en" and one <= 12 and other <= 12 and one != other  # noqa: PLR2004 - months
    if in_doubt:
        return None
    day, month = (other, one) if language == "en" and other > 12 else (one, other)  # noqa: PLR2004 - months
    full = int(year) + (2000 if len(year) == 2 else 0) if year else 0  # noqa: PLR2004 - digits of a year
    return _of_year(month, day, full, today)


def _of_year(month: int, day: int, year: int, today: date) -> date | None:
    """Without a year it is the next such day; one that has long passed is in doubt."""
    if year:
        return _day(year, month, day)
    found = _day(today.year, month, day)
    if found is None or found >= today:
        return found
    later = _day(today.year + 1, month, day)
    return later if later and (later - today).days < 120 else None  # noqa: PLR2004 - a season


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
