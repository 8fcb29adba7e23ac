"""Tells which payment references would be the same: two invoices of a creditor never share one."""

from __future__ import annotations

import re
from collections.abc import Iterable

WITH_LETTERS = "iso11649"
"""The scheme of references that holds letters; those of single countries hold digits only."""

_SIGNS = re.compile(r"[^A-Z0-9]+")
_NO_DIGITS = re.compile(r"[^0-9]+")


def reference_base(number: str, scheme: str) -> str:
    """Find what a scheme keeps of an invoice's number: ``INV-7`` is ``INV7``, or ``7``.

    Args:
        number: the invoice's number.
        scheme: the creditor's scheme of references; empty for the number itself.

    Returns:
        Capital letters and digits, or digits without leading zeros; empty if nothing is kept.
    """
    if scheme == WITH_LETTERS:
        return _SIGNS.sub("", number.upper()) if number.isascii() else ""
    return digits_in(number) if scheme else ""


def digits_in(number: str) -> str:
    """Find the digits of a number without leading zeros: alike wherever references are alike."""
    return _NO_DIGITS.sub("", number).lstrip("0")


def is_reference_taken(number: str, scheme: str, earlier: Iterable[str]) -> bool:
    """Tell whether an earlier invoice of the creditor makes the same reference.

    The earlier one keeps it, for it may have been printed already.
    """
    base = reference_base(number, scheme)
    return bool(base) and any(reference_base(other, scheme) == base for other in earlier)
