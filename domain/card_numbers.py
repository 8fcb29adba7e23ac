"""Masks card numbers in free text, so that none is ever kept (PCI DSS 3.4: the last four stay).

A card number is 13 to 19 digits, alone or in groups, that pass the check of Luhn (ISO/IEC 7812-1,
annex B). An IBAN or a creditor reference is none: its digits follow two letters.
"""

from __future__ import annotations

import re

SHORTEST, LONGEST = 13, 19
_LAST = 4
_GROUPS = re.compile(r"(?<!\d)(?<!\d[ .-])\d+(?:[ .-]\d+)*")
_TWO_LETTERS = re.compile(r"(?:^|[^A-Za-z0-9])[A-Z]{2}$")
_BEFORE = 3
"""So many characters are read before a number: two letters, and what they stand after."""
_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")
_DIGITS = re.compile(r"\d+")
_Span = tuple[int, int]


def without_card_numbers(text: str) -> str:
    """Mask every card number in a text but for its last four digits; the rest stays as it is."""
    if sum(map(str.isdigit, text)) < SHORTEST:
        return text
    return _GROUPS.sub(_masked, text)


def passes_luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of those before it, by Luhn's formula."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value  # noqa: PLR2004 - the sum of its digits
    return total % 10 == 0


def _masked(found: re.Match[str]) -> str:
    """A run of groups of digits, with the card numbers in it masked."""
    run, before = found[0], found.string[max(0, found.start() - _BEFORE) : found.start()]
    if _TWO_LETTERS.search(before):
        return run
    read = _DAY.sub(" " * 10, run)  # a day before a card number is no part of it
    groups = [(group.start(), group.end()) for group in _DIGITS.finditer(read)]
    shown, at = list(run), 0
    while at < len(groups):
        end = _end_of_card(run, groups, at)
        if end:
            _hide(shown, groups[at:end])
        at = end or at + 1
    return "".join(shown)


def _end_of_card(run: str, groups: list[_Span], at: int) -> int:
    """Behind which group a card number ends that begins with this one; 0 if none begins here."""
    digits = ""
    for end in range(at, len(groups)):
        digits += run[slice(*groups[end])]
        if len(digits) > LONGEST:
            return 0
        if len(digits) >= SHORTEST and passes_luhn(digits):
            return end + 1
    return 0


def _hide(shown: list[str], groups: list[_Span]) -> None:
    places = [place for start, end in groups for place in range(start, end)]
    for place in places[:-_LAST]:
        shown[place] = "*"
