"""Figures and dates as a letter writes them, and values that cannot break out of their line."""

from __future__ import annotations

import unicodedata
from datetime import date

from babel.dates import format_date
from babel.numbers import format_currency

from domain.money import Money

LOCALE = "en"


def money_words(money: Money) -> str:
    """An amount with its currency code first, such as ``EUR 1,190.00``."""
    return format_currency(money.decimal, money.currency, format="¤¤ #,##0.00", locale=LOCALE)


def date_words(day: date | str) -> str:
    """A date that reads the same everywhere, such as ``3 February 2026``; empty stays empty."""
    if day == "":
        return ""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return format_date(day, "d MMMM y", locale=LOCALE)


def one_line(value: object) -> object:
    """A value as it may stand in a line: whatever breaks lines or hides becomes a blank."""
    if not isinstance(value, str):
        return value
    return "".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in value)


def lines(text: str) -> list[str]:
    """The lines of an address or of terms, without empty ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def clip(text: str, length: int) -> str:
    """A name short enough for an SMS."""
    return text if len(text) <= length else f"{text[: length - 3].rstrip()}..."


def lateness(days: int) -> str:
    """How the due date lies to the date of the letter, in words."""
    if days == 0:
        return "today"
    count = f"{abs(days)} day{'' if abs(days) == 1 else 's'}"
    return f"{count} ago" if days > 0 else f"in {count}"
