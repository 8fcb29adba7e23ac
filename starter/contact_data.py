"""Addresses and numbers as people write them: put into one form, or refused in words (P01)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from domain.errors import DomainError

LONGEST_SHORT_TEXT = 100
"""Characters of a name or another short text."""

_BETWEEN_NUMBERS = re.compile(r"[;,/|\n]| (?:or|oder|ou|o|und|and) ")
_BETWEEN_ADDRESSES = re.compile(r"[;,|\s]+")
_ADDRESS_ROUND = re.compile(r"^[<\"'(]*(?:mailto:)?|[>\"')]*$", re.IGNORECASE)


@lru_cache(maxsize=4096)
def read_email(text: str) -> str:
    """One e-mail address in its usual form; empty if none is given.

    Raises:
        DomainError: if it is none.
    """
    if not text:
        return ""
    try:
        # Whether it can be delivered is for the first message to find out, not for an import.
        found = validate_email(text, check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError as error:
        raise DomainError(f"{text!r} is no e-mail address: {error}", field="email") from None
    if "." not in found.domain:
        message = f"{text!r} is no e-mail address: its domain has no dot"
        raise DomainError(message, field="email")
    return found.normalized


@lru_cache(maxsize=4096)
def read_phone(text: str, country: str) -> str:
    """One phone number in its international form, such as ``+442079460958``.

    ``(020) 7946 0958`` is understood where the country is known; empty if none is given.

    Raises:
        DomainError: if it is none.
    """
    if not text.strip():
        return ""
    way_out = "write it like +49 30 901820"
    if not country:
        way_out += ", or name the country"
    try:
        number = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        raise DomainError(f"{text!r} is no phone number; {way_out}", field="phone") from None
    possible = phonenumbers.is_possible_number_with_reason(number)
    if possible != phonenumbers.ValidationResult.IS_POSSIBLE:
        raise DomainError(f"{text!r} cannot be a phone number; {way_out}", field="phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def read_short_text(text: str) -> str:
    """A name or another short text without line breaks, control or invisible characters.

    Raises:
        DomainError: if it holds one, or is too long.
    """
    if len(text) > LONGEST_SHORT_TEXT:
        raise DomainError(f"is longer than {LONGEST_SHORT_TEXT} characters; shorten it")
    if not text.isprintable():
        raise DomainError(f"{text!r} holds a line break or control character; take it out")
    return text


def emails_in(text: str) -> tuple[list[str], list[str]]:
    """The addresses of a field that may hold several, and what of it is none.

    ``Ann <ann@x.example>; bob@x.example`` holds two.

    Raises:
        DomainError: if it holds no address at all.
    """
    words = [word for word in _BETWEEN_ADDRESSES.split(text) if word]
    named = "<" in text  # then the other words are the names of those who have the addresses
    parts = [_ADDRESS_ROUND.sub("", word) for word in words if "@" in word or not named]
    return _several(text, parts, read_email)


def phones_in(text: str, country: str) -> tuple[list[str], list[str]]:
    """The numbers of a field that may hold several, and what of it is none.

    Raises:
        DomainError: if it holds no number at all.
    """
    parts = [part.strip() for part in _BETWEEN_NUMBERS.split(text) if part.strip()]
    return _several(text, parts, lambda part: read_phone(part, country))


def _several(
    text: str, parts: Iterable[str], read: Callable[[str], str]
) -> tuple[list[str], list[str]]:
    """The whole if it is one, else each part by itself."""
    try:
        return [read(text)] if text else [], []
    except DomainError as whole:
        good, bad = list[str](), list[str]()
        for part in parts:
            try:
                good.append(read(part))
            except DomainError:
                bad.append(part)
        if not good:
            raise whole from None
        return list({one.casefold(): one for one in reversed(good)}.values())[::-1], bad
