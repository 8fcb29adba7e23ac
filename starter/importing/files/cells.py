"""Reads single cells: dates, instants, amounts and names, exactly or refused in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime

from domain.calendar import Calendar
from domain.errors import DomainError
from domain.money import Money, parse_money
from starter.importing.files.problems import ReadOption, UnreadableError

_LONGEST_NAME = 100
_ISO = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
_TIME = r"[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})"
_INSTANT = re.compile(rf"^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[T ]{_TIME}$")
_PLAIN = re.compile(r"^[+-]?[0-9]+(\.[0-9]+)?$")
_COMMA = re.compile(r"^[+-]?([0-9]+|[0-9]{1,3}(\.[0-9]{3})+)(,[0-9]+)?$")
_TOKENS = {"YYYY": "%Y", "YY": "%y", "MMMM": "%B", "MMM": "%b", "MM": "%m", "M": "%m"}
_TOKENS |= {"DD": "%d", "D": "%d"}
_FIRST_YEAR, _LAST_YEAR = 1950, 2099


def named(text: str) -> str:
    """Read an id exactly as it is written, leading zeros included.

    Raises:
        DomainError: if it is empty, too long, or holds a line break or control character.
    """
    if not text:
        raise DomainError("is empty; every line needs one")
    if len(text) > _LONGEST_NAME:
        raise DomainError(f"is longer than {_LONGEST_NAME} characters; shorten it")
    if not text.isprintable():
        raise DomainError(f"{text!r} holds a line break or control character; take it out")
    return text


def date_reader(date_format: str) -> Callable[[str], date]:
    """Make a reader of dates in a format such as ``M/D/YYYY``; empty means ISO.

    Raises:
        DomainError: if the format does not name year, month and day.
    """
    pattern = _pattern(date_format)

    def read(text: str) -> date:
        if not text:
            raise DomainError("is empty; a date is needed here")
        if not pattern:
            return _plausible(_iso_day(text), text)
        try:
            day = datetime.strptime(text, pattern).replace(tzinfo=UTC).date()
        except ValueError:
            raise DomainError(f"{text!r} is no date written as {date_format}") from None
        return _plausible(day, text)

    return read


def read_instant(text: str, calendar: Calendar) -> datetime:
    """Read an RFC 3339 instant, or a bare date: 00:00 in the debtor's zone; answers UTC.

    Raises:
        DomainError: if it is neither.
    """
    try:
        if _ISO.match(text):
            return calendar.start_of(_plausible(date.fromisoformat(text), text))
        if _INSTANT.match(text.upper()):
            heard = datetime.fromisoformat(text.upper()).astimezone(UTC)
            _plausible(heard.date(), text)
            return heard
    except (ValueError, OverflowError) as error:
        if isinstance(error, DomainError):
            raise
    way_out = "write 2026-03-31, or an instant with its offset such as 2026-03-31T09:00:00Z"
    raise DomainError(f"{text!r} is no date or instant; {way_out}")


def amount(text: str, currency: str, *, decimal_comma: bool = False) -> Money:
    """Read an amount above zero, in the currency's own decimals.

    Raises:
        DomainError: if it is not written plainly, or is zero or less.
    """
    money = parse_money(_plain_amount(text, decimal_comma=decimal_comma), currency)
    if money.minor <= 0:
        raise DomainError(f"{text} is not more than zero; leave the line out", field="amount")
    return money


def _plain_amount(text: str, *, decimal_comma: bool) -> str:
    if not text:
        raise DomainError("is empty; an amount is needed here")
    if decimal_comma:
        if not _COMMA.match(text):
            raise DomainError(f"{text!r} is no amount with a decimal comma; write it like 1.234,56")
        return text.replace(".", "").replace(",", ".")
    if not _PLAIN.match(text):
        told = f"{text!r} is no plain amount; write it like 1234.56"
        if "," not in text:
            raise DomainError(told)
        way_out = "or, if all amounts use a decimal comma, say so"
        raise UnreadableError(f"{told} {way_out}", ReadOption.DECIMAL_COMMA)
    return text


def _iso_day(text: str) -> date:
    try:
        if _ISO.match(text):
            return date.fromisoformat(text)
    except ValueError:
        raise DomainError(f"{text!r} is no day of the calendar; check it") from None
    way_out = "write 2026-03-31, or say how dates are written"
    raise UnreadableError(f"{text!r} is no ISO date; {way_out}", ReadOption.DATE_FORMAT)


def _plausible(day: date, text: str) -> date:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise DomainError(f"{text!r} would be in the year {day.year}; check it")
    return day


def _pattern(date_format: str) -> str:
    if not date_format:
        return ""
    pattern = date_format
    if "%" not in pattern:
        pattern = re.sub("YYYY|YY|MMMM|MMM?|M|DD?", lambda found: _TOKENS[found[0]], pattern)
    year, month, day = "%Y" in pattern or "%y" in pattern, "%m" in pattern, "%d" in pattern
    if not (year and (month or "%b" in pattern or "%B" in pattern) and day):
        way_out = "write it like DD/MM/YYYY, M/D/YYYY or %d.%m.%Y"
        raise DomainError(f"the date format {date_format} lacks year, month or day; {way_out}")
    return pattern
