"""Blanks ways of contact in what people write, before it is told to anybody outside."""

from __future__ import annotations

import re

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
