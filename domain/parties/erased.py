"""What erasing a customer leaves of the desk and of the file: work, money, and colleagues' names.

A task that is still to be done keeps its title, which is made of numbers and money; of what was
quoted from a sender it keeps ids and money alone. Who of the creditor's people did something is no
data of the customer.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Collection, Mapping

from domain.parties.people import Debtor
from domain.parties.tasks import TaskKind

_KEPT = ("id", "amount", "currency", "day", "date", "value_date", "invoices", "invoice")
_WHOSE = ("creditor", "customer", "source", "payment", "until")
_LONGEST = 80
"""Characters of an id, a sum or a day; what is longer is words."""

_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_MONEY = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)? [A-Z]{3}\b")
"""A sum as titles write it: ``119.00 EUR``."""

_QUOTING = frozenset({TaskKind.REFUSED.value})
"""Kinds of tasks whose title may quote what somebody sent."""


def names_of(debtor: Debtor) -> tuple[str, ...]:
    """List whatever names a customer: company, addresses, numbers and persons; never the id."""
    others = [text for one in debtor.others for text in (one.person, one.point)]
    found = (debtor.name, debtor.email, debtor.phone, *others)
    return tuple(dict.fromkeys(text for text in found if text.strip() and text != debtor.id))


def is_their_name(by: str, names: Collection[str], colleagues: Collection[str]) -> bool:
    """Tell whether who spoke was the customer, and none of the creditor's own people.

    Args:
        by: who spoke, as it was recorded.
        names: whatever names the customer, as ``names_of`` lists it.
        colleagues: the names of the creditor's people as far as they are known.
    """
    if by.casefold() in {one.casefold() for one in colleagues}:
        return False
    return any(_says(text, by) for text in names)


def title_to_keep(kind: str, title: str, names: Collection[str], otherwise: str) -> str:
    """Shorten the title of a task that is still to be done to what names nobody.

    Args:
        kind: what the task asks for.
        title: numbers, money, and what is to be done.
        names: whatever names the customer, as ``names_of`` lists it.
        otherwise: what it is called, beside its sums, if the title names the customer.
    """
    plain = _QUOTED.sub("…", title) if kind in _QUOTING else title
    if not any(_stands_in(text, plain) for text in names):
        return plain
    return ", ".join([otherwise, *dict.fromkeys(_MONEY.findall(plain))])


def detail_to_keep(detail: str) -> str:
    """Reduce what a sender wrote to its ids, days and money; words of anybody else go."""
    given = _read(detail)
    kept = {name: value for name, value in given.items() if _is_kept(name, value)}
    return str(kept) if kept else ""


def _is_kept(name: object, value: object) -> bool:
    if name not in (*_KEPT, *_WHOSE):
        return False
    parts = value if isinstance(value, list | tuple) else [value]
    plain = all(isinstance(part, str | int) and len(str(part)) <= _LONGEST for part in parts)
    return plain and bool(parts)


def _read(detail: str) -> Mapping[object, object]:
    """A body as programs send it: JSON, or a mapping as Python writes it."""
    for read in (json.loads, ast.literal_eval):
        try:
            found = read(detail)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        return found if isinstance(found, dict) else {}
    return {}


def _says(text: str, by: str) -> bool:
    """``Bob`` and ``Bob Brown (by phone)`` are Bob Brown; a part of an address is nobody."""
    mine, said = _words(text), _words(by)
    alike = bool(mine) and bool(said) and (said <= mine or mine <= said)
    return _stands_in(text, by) or ("@" not in text and alike)


def _stands_in(text: str, title: str) -> bool:
    """Whole words, one after the other: who is called A does not stand in 100.00."""
    sought, there = _in_order(text), _in_order(title)
    starts = range(len(there) - len(sought) + 1) if sought else ()
    return any(there[at : at + len(sought)] == sought for at in starts)


def _words(text: str) -> frozenset[str]:
    return frozenset(_in_order(text))


def _in_order(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
