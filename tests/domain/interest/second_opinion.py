"""Interest computed a second time, day by day and by other means, to check the first.

It reads the rate files by itself and shares no code with ``domain.interest.model``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

RATES = Path(__file__).parents[3] / "domain" / "interest" / "rates"


@dataclass(frozen=True)
class Asked:
    """What a debt is asked for; ``percent`` is a contract's, else the law of ``code`` counts."""

    code: str = ""
    consumer: bool = False
    percent: str = ""
    daily: bool = False
    every: int = 0
    """Months after which interest bears interest."""


@cache
def law(code: str) -> dict[str, Any]:
    """A rate file as it stands."""
    return tomllib.loads((RATES / f"{code.lower()}.toml").read_text(encoding="utf-8"))


def second_opinion(
    steps: Sequence[tuple[date, int]], due: date, until: date, asked: Asked
) -> tuple[int, Fraction]:
    """Interest in minor units: rounded half up, and exactly."""
    first = due + timedelta(days=1)
    principal_at = dict(steps)
    earlier = [amount for day, amount in steps if day <= first]
    principal = earlier[-1] if earlier else 0
    interest = capital = Fraction(0)
    day, every = first, asked.every or _by_law_every(asked)
    while day <= until:
        principal = principal_at.get(day, principal)
        if every and _is_anniversary(first, day, every):
            capital = interest
        if principal > 0:
            interest += _one_day(principal + capital, day, first, asked)
        day += timedelta(days=1)
    return _half_up(interest), interest


def unrated_days(
    steps: Sequence[tuple[date, int]], due: date, until: date, asked: Asked
) -> Sequence[date]:
    """List the days on which something was open, and for which the law's rate is not known."""
    first = due + timedelta(days=1)
    late = (first + timedelta(days=number) for number in range((until - due).days))
    return [
        day
        for day in late
        if _open_on(steps, day) > 0 and not asked.percent and _percent(day, first, asked) is None
    ]


def _open_on(steps: Sequence[tuple[date, int]], day: date) -> int:
    return next((amount for since, amount in reversed(steps) if since <= day), 0)


def _by_law_every(asked: Asked) -> int:
    """The months after which the law itself adds interest to what bears it; 0 for never."""
    is_yearly = not asked.percent and law(asked.code).get("compounding") == "yearly"
    return 12 if is_yearly else 0


def _one_day(bearing: Fraction, day: date, first: date, asked: Asked) -> Fraction:
    percent = Fraction(asked.percent) if asked.percent else _percent(day, first, asked) or 0
    exact = bearing * percent / 100 / _days_in_year(day, asked.code)
    return Fraction(_half_up(exact)) if asked.daily else exact


def _percent(day: date, first: date, asked: Asked) -> Fraction | None:
    """The law's rate of a day; None where it is not known."""
    rules = law(asked.code)
    scheme = rules["consumer" if asked.consumer else "business"]
    if "none" in scheme:
        return Fraction(0)
    if "flat" in scheme:
        return Fraction(scheme["flat"])
    when = first if rules["rate_changes"] == "start" else day
    known = {row["from"]: row["percent"] for row in rules["rate"] if row.get("confirmed", True)}
    base = known.get(date(when.year, 1 if when.month <= 6 else 7, 1))
    if base is None:
        return None
    rate = Fraction(base) + Fraction(scheme["margin"])
    step = Fraction(scheme.get("round_up_to", "0"))
    while step and rate % step:
        rate += Fraction(1, 100)
    return rate


def _days_in_year(day: date, code: str) -> int:
    if not code or law(code)["day_count"] == "365":
        return 365
    return (date(day.year, 12, 31) - date(day.year - 1, 12, 31)).days


def _is_anniversary(first: date, day: date, every: int) -> bool:
    months = (day.year - first.year) * 12 + day.month - first.month
    is_last = (day + timedelta(days=1)).month != day.month
    same = day.day == first.day or (is_last and first.day > day.day)
    return months > 0 and months % every == 0 and same


def _half_up(exact: Fraction) -> int:
    return int(exact + Fraction(1, 2))
