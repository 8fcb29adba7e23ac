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
    texts = {" ".join(lines), "".join(lines)}
    return frozenset(found for text in texts for found in _candidates(text))


def _candidates(text: str) -> Iterator[str]:
    runs = list(_RUN.finditer(text))
    for first in range(len(runs)):
        written = ""
        for last in range(first, min(first + _MOST_RUNS, len(runs))):
            if last > first and runs[last].start() - runs[last - 1].end() > _LONGEST_GAP:
                break
            written += runs[last].group()
            if _stands_alone(text, runs[first].start(), runs[last].end(), written):
                yield written.upper()


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
