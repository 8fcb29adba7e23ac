"""Reading an instalment plan: its parts one by one, or how often, how many and from when."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from domain.agreements.schedules import EVERY, MOST_PARTS
from domain.case.invoice import InvoicePart
from domain.errors import InvalidError
from domain.money import Money

PLAN_FIELDS = frozenset({"instalments", "every", "count"})
"""What only a plan may say."""

Body = Mapping[str, Any]


def read_schedule(body: Body) -> str:
    """The schedule of a plan in the words in which it is kept, such as ``3 monthly``.

    Raises:
        InvalidError: if it cannot be understood, with the way out.
    """
    every, count = body.get("every"), body.get("count")
    if not every:
        if count:
            raise InvalidError('say how often, "week" or "month"', field="every")
        return ""
    words = EVERY.get(str(every))
    if words is None:
        raise InvalidError(f'{every!r} is not known; write "week" or "month"', field="every")
    return f"{_count(count)} {words}".strip()


def read_parts(
    body: Body, day: Callable[[Body], date | None], amount: Callable[[Body], Money | None]
) -> tuple[InvoicePart, ...]:
    """The instalments that are written out, each with its date and amount.

    Raises:
        InvalidError: naming the instalment at fault.
    """
    given = body.get("instalments")
    if not given:
        return ()
    if not isinstance(given, list) or len(given) > MOST_PARTS:
        raise InvalidError(f"write a list of up to {MOST_PARTS} instalments", field="instalments")
    return tuple(_part(number, one, day, amount) for number, one in enumerate(given, start=1))


def _part(
    number: int,
    given: Any,
    day: Callable[[Body], date | None],
    amount: Callable[[Body], Money | None],
) -> InvoicePart:
    if not isinstance(given, dict) or set(given) != {"date", "amount"}:
        raise InvalidError(
            f'instalment {number} must be like {{"date": "2026-12-31", "amount": "50.00"}}',
            field="instalments",
        )
    on, money = day(given), amount(given)
    if on is None or money is None:
        raise InvalidError(f"instalment {number} needs a date and an amount", field="instalments")
    return InvoicePart(day=on, minor=money.minor)


def _count(given: Any) -> str:
    if given in (None, ""):
        return ""
    if isinstance(given, bool) or not str(given).isdecimal():
        raise InvalidError(f"{given!r} is no number of instalments", field="count")
    return str(int(str(given)))
