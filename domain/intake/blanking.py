"""Blanks what must not be told or kept in what people write: ways of contact, card numbers."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from domain.card_numbers import without_card_numbers
from domain.errors import InvalidError
from domain.intake.limits import read_object

_DAY = r"\d\d?[./-]\d\d?[./-]\d{2,4}\b"
_CONTACT = (
    (re.compile(r"https?://\S+"), "[link]"),
    (re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+\.[^\s@<>\"']+"), "[e-mail address]"),
    (re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{2,4}){3,8}\b"), "[account]"),
    (re.compile(rf"(?<![\w.,-])(?!{_DAY})\(?(?:\+|00?)[1-9][\d ()/.-]{{5,}}\d"), "[phone number]"),
)
"""Links, addresses, accounts and numbers, by their shape."""


def without_contact(text: str) -> str:
    """Put a word in the place of each link, e-mail address, account and phone number."""
    for pattern, word in _CONTACT:
        text = pattern.sub(word, text)
    return text


_IDS = frozenset({"id", "ref", "source", "customer", "invoices"})
"""Fields by which a person finds again what is meant: their digits are no card's."""


def body_without_cards(text: str) -> str:
    """Mask the card numbers in a message as it was sent, whether it can be read or not."""
    try:
        given = read_object(text)
    except InvalidError:
        return without_card_numbers(text)
    masked = fields_without_cards(given)
    return text if masked == given else json.dumps(masked, ensure_ascii=False, default=str)


def fields_without_cards(given: Mapping[str, Any]) -> dict[str, Any]:
    """Mask the card numbers in every field of a message but its ids."""
    return {
        name: value if name in _IDS else _value_without_cards(value)
        for name, value in given.items()
    }


def _value_without_cards(value: Any) -> Any:
    if isinstance(value, str):
        return without_card_numbers(value)
    told = str(value)
    masked = without_card_numbers(told)
    return value if masked == told else masked
