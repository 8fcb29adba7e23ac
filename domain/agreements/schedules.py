"""Instalments by the calendar: equal parts, weekly or monthly, exact to the cent."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from domain.case.invoice import InvoicePart
from domain.errors import InvalidError

EVERY = {"week": "weekly", "month": "monthly"}
"""How often an instalment may fall due, as a message says it and as it is kept."""

MOST_PARTS = 120
"""More instalments than these are no plan."""

_WORDS = re.compile(r"(?:(?P<count>[0-9]{1,3}) )?(?P<every>weekly|monthly)")


def is_schedule(words: str) -> bool:
    """Tell whether words such as ``3 monthly``, or ``weekly`` with an amount, are a schedule."""
    return _WORDS.fullmatch(words.strip()) is not None


def spread(words: str, first: date, total: int, each: int | None) -> tuple[InvoicePart, ...]:
    """The instalments of a schedule over a total, in minor units.

    Equal parts; what cannot be shared out equally goes to the last one. With an amount ``each``
    the last instalment is what is left. Months keep the first one's day, or the last day of a
    shorter month: 31 January, 28 February, 31 March.

    Raises:
        InvalidError: if the instalments do not make the total, or are too many.
    """
    found = _WORDS.fullmatch(words.strip())
    if found is None:
        raise InvalidError(f"{words!r} is no schedule; write for example 3 monthly", field="reason")
    count = _count(found["count"], total, each)
    step = _in_weeks if found["every"] == "weekly" else _in_months
    sums = _equal(total, count) if each is None else _by_amount(total, count, each)
    return tuple(InvoicePart(day=step(first, n), minor=minor) for n, minor in enumerate(sums))


def _count(given: str | None, total: int, each: int | None) -> int:
    if given is None and each is None:
        raise InvalidError("say how many instalments, or how much each", field="count")
    count = int(given) if given else -(-total // (each or total))
    if not 1 <= count <= MOST_PARTS:
        raise InvalidError(f"a plan has 1 to {MOST_PARTS} instalments, not {count}", field="count")
    return count


def _equal(total: int, count: int) -> list[int]:
    part = total // count
    if part == 0:
        raise InvalidError(f"{count} instalments would be nothing each", field="count")
    return [part] * (count - 1) + [total - part * (count - 1)]


def _by_amount(total: int, count: int, each: int) -> list[int]:
    """As many full instalments as there are, and the rest as the last one.

    Whether they make the total is judged where every plan is.
    """
    last = total - each * (count - 1)
    return [each] * (count - 1) + [last if 0 < last <= each else each]


def _in_weeks(first: date, number: int) -> date:
    return first + timedelta(weeks=number)


def _in_months(first: date, number: int) -> date:
    # Counted from the first one, so that a short month does not shorten those after it.
    years, month = divmod(first.month - 1 + number, 12)
    year, month = first.year + years, month + 1
    return date(year, month, min(first.day, monthrange(year, month)[1]))
