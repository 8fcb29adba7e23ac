"""Masks card numbers in free text, so that none is ever kept (PCI DSS 3.4: the last four stay).

A card number is 13 to 19 digits, alone or in groups, that pass the check of Luhn (ISO/IEC 7812-1,
annex B). An IBAN or a creditor reference is none, nor are digits that follow two letters; nor is
a phone number with its plus.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

SHORTEST, LONGEST = 13, 19
_LAST = 4
_BETWEEN = (
    r"[\s.·_/\-\u2010-\u2015\u2212\u00ad\u200b-\u200d\u2060\ufeff]"  # however people group digits
)
_GROUPS = re.compile(rf"(?<!\d)(?<!\d{_BETWEEN})\d+(?:(?:(?![\r\n]){_BETWEEN}){{1,3}}\d+)*")
_TWO_LETTERS = re.compile(r"(?:^|[^A-Za-z0-9])[A-Z]{2}$")
_BEFORE = 3
"""So many characters are read before a number: two letters, and what they stand after."""
_DAY = re.compile(r"\b(?:\d{4}-\d\d-\d\d|\d\d?([./-])\d\d?\1\d{4})\b")
_DIGITS = re.compile(r"\d+")
_PRINTED = frozenset(
    {(4, 4, 4, 4), (4, 6, 5), (4, 6, 4), (4, 4, 5), (4, 4, 4, 4, 3), (6, 13), (8, 8)}
)
"""How many digits stand together on cards: such a number is found before any other."""

_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d\d(?: ?[A-Z0-9]){4,30}")
"""An IBAN or a creditor reference, and what may stand behind it."""

_DOUBLED = tuple(sum(divmod(2 * digit, 10)) for digit in range(10))
_Span = tuple[int, int]
CardNumber = tuple[_Span, ...]
"""Where the groups of its digits stand."""


def without_card_numbers(text: str) -> str:
    """Mask every card number in a text but for its last four digits; the rest stays as it is."""
    shown = list(text)
    for number in card_numbers(text):
        places = [place for start, end in number for place in range(start, end)]
        for place in places[:-_LAST]:
            shown[place] = "*"
    return "".join(shown)


def card_numbers(text: str) -> tuple[CardNumber, ...]:
    """Find every card number in a text, in their order."""
    if sum(map(str.isdigit, text)) < SHORTEST:
        return ()
    # An account or a day before a card number is no part of it.
    read = _DAY.sub(lambda day: " " * len(day[0]), _IBAN.sub(_without_account, text))
    return tuple(number for run in _GROUPS.finditer(read) for number in _in_run(run))


def _without_account(found: re.Match[str]) -> str:
    """Blank what is an IBAN or a creditor reference by its check digits (ISO 7064, mod 97-10)."""
    told = found[0]
    for end in range(len(told), _SHORTEST_ACCOUNT, -1):
        bare = told[:end].replace(" ", "")
        if told[end - 1] != " " and int("".join(map(_value, bare[4:] + bare[:4]))) % 97 == 1:
            return "x" * end + told[end:]
    return told


_SHORTEST_ACCOUNT = 8


def _value(sign: str) -> str:
    return str(int(sign, 36))


def _in_run(found: re.Match[str]) -> Sequence[CardNumber]:
    """The card numbers in a run of groups of digits."""
    before = found.string[max(0, found.start() - _BEFORE) : found.start()]
    if _TWO_LETTERS.search(before):
        return ()
    at, read = found.start(), found[0]
    groups = [match.span() for match in _DIGITS.finditer(read)]
    phone = before.endswith("+")
    return [
        tuple((at + start, at + end) for start, end in groups[first:behind])
        for first, behind in _chosen(read, groups, phone=phone)
    ]


def _chosen(read: str, groups: Sequence[_Span], *, phone: bool) -> list[_Span]:
    """Which groups make card numbers, none of them twice: first those that look like one.

    What begins as a phone number is none, but one may follow it.
    """
    likely, other = list[_Span](), list[_Span]()
    for first in range(int(phone), len(groups)):
        for behind in _ends(read, groups, first):
            lengths = tuple(end - start for start, end in groups[first:behind])
            is_likely = len(lengths) == 1 or lengths in _PRINTED
            (likely if is_likely else other).append((first, behind))
    taken, used = list[_Span](), set[int]()
    for first, behind in likely if phone else (*likely, *other):
        if used.isdisjoint(range(first, behind)):
            used.update(range(first, behind))
            taken.append((first, behind))
    return sorted(taken)


def _ends(read: str, groups: Sequence[_Span], first: int) -> list[int]:
    """Behind which groups a card number ends that begins with this one, by Luhn's formula.

    The last digit is its check digit: which digits are doubled follows from how many there are.
    """
    count, totals, ends = 0, [0, 0], list[int]()
    for behind in range(first + 1, len(groups) + 1):
        start, end = groups[behind - 1]
        if count + end - start > LONGEST:
            break
        for digit in map(int, read[start:end]):
            totals[count % 2] += digit
            totals[1 - count % 2] += _DOUBLED[digit]
            count += 1
        if count >= SHORTEST and totals[1 - count % 2] % 10 == 0:
            ends.append(behind)
    return ends
