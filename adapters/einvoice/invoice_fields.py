"""Reads the fields of electronic invoices exactly, and says at which element one is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from adapters.einvoice.refused_invoice import InvoiceFileError
from adapters.xml.safe_xml import XmlElement
from domain.case.invoice import InvoicePart
from domain.errors import DomainError
from domain.money import Money, minor_digits, parse_money

_DAY = re.compile(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})(?![0-9])")
_MONEY = re.compile(r"[+-]?[0-9]+(\.[0-9]*)?|[+-]?\.[0-9]+")
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_LONGEST_NUMBER = 120
_FIRST_YEAR, _LAST_YEAR = 1950, 2099


def found_at(told: XmlElement, *paths: str) -> XmlElement | None:
    """Find the first element of some paths that holds text."""
    for path in paths:
        for one in told.all(path):
            if (one.text or "").strip():
                return one
    return None


def one_line(text: str) -> str:
    """Write a text in one line, without what plays tricks."""
    return "".join(char for char in " ".join(text.split()) if char.isprintable())


def said_of(told: XmlElement | None, *paths: str) -> str:
    """Read a text in one line; empty if there is none."""
    return one_line(told.said(*paths)) if told is not None else ""


def all_said(told: XmlElement, *paths: str) -> tuple[str, ...]:
    """Read all texts of some paths, each once."""
    every = (one_line(one.text or "") for path in paths for one in told.all(path))
    return tuple(dict.fromkeys(text for text in every if text))


def needed(told: XmlElement, *paths: str) -> XmlElement:
    """Find an element without which nothing can be done.

    Raises:
        InvoiceFileError: naming it.
    """
    found = found_at(told, *paths)
    if found is None:
        raise InvoiceFileError("is missing", line=told.line, part=f"{told.name}/{paths[0]}")
    return found


def child_of(told: XmlElement, *paths: str) -> XmlElement:
    """Find a part of a document without which nothing can be done.

    Raises:
        InvoiceFileError: naming it.
    """
    found = next((one for path in paths for one in told.all(path)), None)
    if found is None:
        raise InvoiceFileError("is missing", line=told.line, part=f"{told.name}/{paths[0]}")
    return found


def printed_number(told: XmlElement, *paths: str) -> str:
    """Read an invoice's number as it is printed.

    Raises:
        InvoiceFileError: if there is none.
    """
    found = needed(told, *paths)
    number = one_line(found.text or "")
    if not number or len(number) > _LONGEST_NUMBER:
        raise at_fault(found, "is no number of an invoice")
    return number


def read_day_of(found: XmlElement) -> date:
    """Read a day: ``2026-03-31``, ``20260331``, or either with a time behind it.

    Raises:
        InvoiceFileError: if it is none.
    """
    day = _DAY.match((found.text or "").strip())
    try:
        made = date(*map(int, day.groups())) if day else None
    except ValueError:
        made = None
    if made is None or not _FIRST_YEAR <= made.year <= _LAST_YEAR:
        raise at_fault(found, "is no day")
    return made


def day_at(told: XmlElement, *paths: str) -> date | None:
    """Read a day, where there is one."""
    found = found_at(told, *paths)
    return read_day_of(found) if found is not None else None


def currency_of(found: XmlElement, said: str = "") -> str:
    """Read a currency: what an element holds, or what is said beside it.

    Raises:
        InvoiceFileError: if it is none.
    """
    currency = (said or found.text or "").strip().upper()
    try:
        minor_digits(currency)
    except DomainError:
        raise at_fault(found, "is no ISO 4217 currency code") from None
    return currency


def read_money_of(found: XmlElement, currency: str) -> Money:
    """Read an amount in the document's currency.

    Raises:
        InvoiceFileError: if it is none, or one of another currency.
    """
    text = (found.text or "").strip()
    other = found.get("currencyID", "")
    if other and other.upper() != currency:
        raise at_fault(found, f"is in {one_line(other)}, but the document in {currency}")
    if not _MONEY.fullmatch(text):
        raise at_fault(found, "is no amount")
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text.lstrip("+"))
    whole, _, cents = digits.partition(".")
    try:
        return parse_money(f"{sign}{whole or '0'}.{cents or '0'}", currency)
    except DomainError:
        raise at_fault(found, f"is no amount in {currency}") from None


def money_at(told: XmlElement, currency: str, *paths: str) -> Money | None:
    """Read an amount, where there is one."""
    found = found_at(told, *paths)
    return read_money_of(found, currency) if found is not None else None


def language_tag(text: str) -> str:
    """Read a language tag; empty if it is none."""
    plain = text.strip()
    return plain.lower() if _TAG.fullmatch(plain) else ""


def joined_parts(parts: Iterable[InvoicePart]) -> tuple[InvoicePart, ...]:
    """Add up what falls due on one day, in the order of the days; a single day is no parts."""
    days: dict[date, int] = {}
    for part in parts:
        days[part.day] = days.get(part.day, 0) + part.minor
    made = tuple(InvoicePart(day=day, minor=days[day]) for day in sorted(days))
    return made if len(made) > 1 else ()


def accounts_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Write account numbers without spaces, each once."""
    return tuple(dict.fromkeys(plain for text in texts if (plain := "".join(text.split()))))


def schemed_keys(found: Iterable[XmlElement], scheme: str = "") -> Iterator[str]:
    """Write numbers with their schemes in front."""
    for one in found:
        text = one_line(one.text or "")
        if text:
            yield f"{scheme or one.get('schemeID', '')}:{text}"


def at_fault(found: XmlElement, reason: str) -> InvoiceFileError:
    """Make the error about an element."""
    return InvoiceFileError(reason, line=found.line, part=found.name)
