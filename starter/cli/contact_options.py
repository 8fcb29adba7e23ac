"""Addresses, numbers and names as options: read as people write them, refused with the option."""

from __future__ import annotations

from domain.errors import DomainError
from starter.contact_data import read_phone, read_short_text


def read_option_phone(phone: str, country: str) -> str:
    """A number in its international form; empty if none was given.

    Raises:
        DomainError: naming the option and the way out.
    """
    try:
        return read_phone(phone.strip(), country)
    except DomainError as reason:
        more = "the international form is always understood"
        raise DomainError(f"--phone {reason}; {more}") from None


def read_option_text(option: str, text: str) -> str:
    """A name or another short text.

    Raises:
        DomainError: naming the option and the way out.
    """
    try:
        return read_short_text(text)
    except DomainError as reason:
        raise DomainError(f"{option} {reason}") from None
