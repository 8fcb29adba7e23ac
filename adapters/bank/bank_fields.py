"""Reads days and sums of banks' files exactly, and says where one cannot be read."""

from __future__ import annotations

import re
from datetime import date, timedelta

from stdnum import iban

from adapters.bank.refused_file import BankFileError
from domain.errors import DomainError
from domain.money import Money, parse_money

_SPLIT = 50
"""Years of two digits up to 50 are of this century."""


def is_iban(text: str) -> bool:
    """Tell whether a text is an IBAN with right check digits."""
    return iban.is_valid(text, check_country=False)


def read_sum(text: str, currency: str, *, line: int, part: str) -> Money:
    """Read an amount with a point or a comma for decimals.

    Raises:
        BankFileError: if it is no amount, or the currency is none.
    """
    plain = text.strip().replace(",", ".")
    plain = f"0{plain}" if plain.startswith(".") else plain
    try:
        return parse_money(plain.removesuffix("."), currency)
    except DomainError as error:
        known = error.field == "currency" or plain.replace(".", "").isdecimal()
        raise BankFileError(str(error) if known else "is no amount", line=line, part=part) from None


def read_iso_day(text: str, *, line: int, part: str) -> date:
    """Read a day of ISO 8601, with or without a time of day.

    Raises:
        BankFileError: if it is none.
    """
    found = re.match(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})", text.strip())
    return (
        calendar_day(*map(int, found.groups()), line=line, part=part) if found else _no(line, part)
    )


def read_short_day(text: str, *, line: int, part: str) -> date:
    """Read a day written as YYMMDD.

    Raises:
        BankFileError: if it is none.
    """
    if not re.fullmatch("[0-9]{6}", text):
        return _no(line, part)
    year, month, day = int(text[:2]), int(text[2:4]), int(text[4:])
    century = 2000 if year < _SPLIT else 1900
    return calendar_day(century + year, month, day, line=line, part=part)


def calendar_day(year: int, month: int, day: int, *, line: int, part: str) -> date:
    """Make a day; the 29th and 30th of February, which some banks book on, are its last.

    Raises:
        BankFileError: if there is no such day.
    """
    try:
        return date(year, month, day)
    except ValueError:
        if month == 2 and day in {29, 30}:  # noqa: PLR2004 - February
            return date(year, 3, 1) - timedelta(days=1)
        return _no(line, part)


def _no(line: int, part: str) -> date:
    raise BankFileError("is no day", line=line, part=part)
