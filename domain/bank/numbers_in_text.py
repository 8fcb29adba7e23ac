"""Finds invoice numbers in what payers write: whole numbers only, however their lines were cut."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

_RUN = re.compile(r"[^\W_]+")
_MOST_RUNS = 7
"""A number is written in at most so many groups, such as ``RF18 5390 0754 7034``."""

_LONGEST_GAP = 3
_LEAST_DIGITS = 4
"""Shorter numbers without letters stand in every date and address."""

_DAY = re.compile(
    r"(?:19|20)[0-9]{2}[-./](?:0?[1-9]|1[0-2])[-./][0-9]{1,2}"
    r"|[0-9]{1,2}[-./][0-9]{1,2}[-./](?:(?:19|20)[0-9]{2}|[0-9]{2})"
)
_CENTS = re.compile(r"[.,][0-9]{2}(?![0-9])")
_LONGEST_WORD = 24
_OTHER_NUMBER = re.compile(
    r"""(?:
    \b(?:kd|kunden?|deb(?:itor)?|auftrag|best|bestell(?:ung)?|vertrag|liefer(?:schein)?|mitglied|tel|
    telefon|phone|fax|mobil|handy|customer|client|account|acct|order|contract|member|
    gutschr(?:ift)?|credit|avoir|credito|cr[eé]dito|creditnota|korekta|
    commande|contrat|cliente|ordine|ordini|contratto|pedido|contrato|klant|bestelling|kund|ordre)
    [^\W\d]{0,2}[\s.:-]*(?:n[or°º]?|nr|num|nummer|number|num[eé]ro|numero|id)?[\s.:\#-]*
    |(?<![0-9])0[0-9]{2,5}[/-]|[+][0-9]{1,3}[\s/-]?(?:[0-9]{2,5}[\s/-])?
    )$""",
    re.VERBOSE | re.IGNORECASE,
)
"""What says in front of a number that it is another one."""

_BOUND = re.compile(r"[.,:/+-]")
_LONG = 8
"""Digits from which a number is no part of a date, an amount or a telephone number."""


@lru_cache(maxsize=1 << 18)
def number_key(number: str) -> str:
    """Write a number as its letters and digits alone: ``INV-2026/7`` is ``INV20267``."""
    return "".join(_RUN.findall(number)).upper()


@lru_cache(maxsize=1 << 18)
def short_number(number: str) -> str:
    """Write a number of digits without leading zeros; empty if it has none or is too short."""
    plain = number_key(number)
    short = plain.lstrip("0")
    is_shorter = plain.isdecimal() and short != plain and len(short) > _LEAST_DIGITS
    return short if is_shorter else ""


def is_telling(number: str) -> bool:
    """Tell whether a number can be told from years, days and house numbers at all."""
    plain = number_key(number)
    return len(plain) >= _LEAST_DIGITS and any(sign.isdigit() for sign in plain)


def candidates_in(lines: Sequence[str]) -> frozenset[str]:
    """List what may be a number in a payer's words, as :func:`number_key` writes it.

    Banks cut lines at 27, 35 or 140 signs, in the middle of a number or between two: so the lines
    are read joined both without and with a space.
    """
    return frozenset(written for _, _, _, written in _spans(lines))


def plain_candidates_in(lines: Sequence[str]) -> frozenset[str]:
    """List those that stand at least once where nothing says that they are something else.

    A day, an amount, a telephone number, or the number of a customer, an order, a contract.
    """
    spans = _spans(lines)
    return frozenset(
        written for text, start, end, written in spans if not _is_else(text, start, end)
    )


def _spans(lines: Sequence[str]) -> Iterator[tuple[str, int, int, str]]:
    for text in {" ".join(lines), "".join(lines)}:
        for start, end, written in _candidates(text):
            yield text, start, end, written


def _is_else(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - _LONGEST_WORD) : start], text[end : end + 4]
    is_day = _DAY.fullmatch(text[start:end]) is not None
    is_sum = _CENTS.match(after) is not None
    return is_day or is_sum or _OTHER_NUMBER.search(before) is not None


def _candidates(text: str) -> Iterator[tuple[int, int, str]]:
    runs = list(_RUN.finditer(text))
    for first in range(len(runs)):
        written = ""
        for last in range(first, min(first + _MOST_RUNS, len(runs))):
            if last > first and runs[last].start() - runs[last - 1].end() > _LONGEST_GAP:
                break
            written += runs[last].group()
            start, end = runs[first].start(), runs[last].end()
            if _stands_alone(text, start, end, written):
                yield start, end, written.upper()


def _stands_alone(text: str, start: int, end: int, written: str) -> bool:
    """Whether it is no part of a date, an amount or a telephone number around it."""
    if not any(sign.isdigit() for sign in written):
        return False
    if len(written) >= _LONG or not written.isdecimal():
        return True
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    is_inside = len(before) > 1 and before[0].isdigit() and _BOUND.match(before[1])
    goes_on = len(after) > 1 and _BOUND.match(after[0]) and after[1].isdigit()
    return not (is_inside or goes_on)
