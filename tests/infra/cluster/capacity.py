"""The arithmetic of docs/capacity.md: from what one case takes to what millions need."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

PAGE = Path(__file__).parents[3] / "docs/capacity.md"

DAY, MONTH, YEAR = 86_400, Fraction(365, 12), 365
TIERS = ((5, 50), (5, 45), (10, 40), (30, 35), (50, 30), (100, 25))
"""Millions of actions a month, and dollars for each million of them."""

SLICE = re.compile(r"^\| ([^|`]+?) \| \*\*([\d,.]+)\*\* \|", re.MULTILINE)
TABLE = re.compile(r"^\| `\w+` \| ([\d.]+) \| ([\d,]+) \| ([\d,]+) \|$", re.MULTILINE)


def inputs() -> dict[str, Fraction]:
    """Read the figures that the page starts from, each by its name."""
    found = SLICE.findall(PAGE.read_text())
    return {name: Fraction(value.replace(",", "")) for name, value in found}


def bytes_of_a_life() -> int:
    """Add up the table of tables: rows and indexes of one case."""
    rows = TABLE.findall(PAGE.read_text())
    return sum(int(part.replace(",", "")) for _, *parts in rows for part in parts)


@dataclass(frozen=True)
class Need:
    """What so many open cases need; every rate is of the hours in which work is done."""

    cases: int
    given: dict[str, Fraction]

    @property
    def opened_a_day(self) -> Fraction:
        """Cases that are opened each day, and closed."""
        return self.cases / self.given["days that a case is open"]

    @property
    def deeds_a_second(self) -> Fraction:
        """Deeds while windows are open: five days of the week, eight hours of each."""
        hours = self.given["hours of a contact window"]
        return self.opened_a_day * self.given["deeds of a life"] * 7 / 5 / (hours * 3600)

    @property
    def workers(self) -> int:
        """Worker processes, at half of what one can do, and never fewer than two."""
        usable = self.given["deeds a second of one worker"] / 2
        return max(2, math.ceil(self.deeds_a_second / usable))

    @property
    def ledger_gigabytes(self) -> Fraction:
        """The ledger with its open cases."""
        return self.cases * self.given["bytes of the ledger for a case"] / 10**9

    @property
    def ledger_gigabytes_a_year(self) -> Fraction:
        """What closed cases add to it in a year."""
        each = self.given["bytes of the ledger for a case"]
        return self.opened_a_day * YEAR * each / 10**9

    @property
    def histories_gigabytes(self) -> Fraction:
        """Histories of open cases, whole ones: the upper bound."""
        return self.cases * self.given["bytes of a history"] / 10**9

    @property
    def retained_gigabytes(self) -> Fraction:
        """Histories of the cases that were closed within the namespace's retention."""
        kept = self.opened_a_day * self.given["days that Temporal keeps closed cases"]
        return kept * self.given["bytes of a history"] / 10**9

    @property
    def writes_a_second_of_a_wave(self) -> Fraction:
        """Writes of Temporal while a tenth of a day's deeds is due within ten minutes."""
        wave = self.opened_a_day * self.given["deeds of a life"] * 7 / 5 / 10 / 600
        return wave * self.given["Temporal's writes for a deed"]

    @property
    def shards(self) -> int:
        """History shards: a power of two, with a tenfold reserve, since it can never change."""
        each = self.given["writes a second of one shard"]
        wanted = self.writes_a_second_of_a_wave * 10 / each
        return max(512, 1 << math.ceil(math.log2(wanted)))

    @property
    def actions_a_month(self) -> Fraction:
        """What Temporal Cloud bills, in millions."""
        return self.opened_a_day * MONTH * self.given["actions of a life"] / 10**6

    @property
    def cloud_dollars(self) -> Fraction:
        """Dollars a month for actions and storage, without the plan."""
        left, total = self.actions_a_month, Fraction(0)
        for size, price in TIERS:
            total += min(left, Fraction(size)) * price
            left -= min(left, Fraction(size))
        hours = MONTH * 24
        storage = self.histories_gigabytes * Fraction("0.042")
        storage += self.retained_gigabytes * Fraction("0.00105")
        return total + left * TIERS[-1][1] + storage * hours


def shown(value: Fraction | int) -> str:
    """Write a figure with two digits that count."""
    number = float(value)
    if number == 0:
        return "0"
    places = 1 - math.floor(math.log10(abs(number)))
    return f"{round(number, places):,.{max(0, places)}f}"


ROUNDED: dict[str, Callable[[Need], Fraction]] = {
    "cases opened a day": lambda n: n.opened_a_day,
    "deeds a second, in the hours of contact": lambda n: n.deeds_a_second,
    "ledger with its open cases, GB": lambda n: n.ledger_gigabytes,
    "closed cases add in a year, GB": lambda n: n.ledger_gigabytes_a_year,
    "histories of open cases in Temporal, GB": lambda n: n.histories_gigabytes,
    "histories of closed cases, GB": lambda n: n.retained_gigabytes,
    "Temporal's writes a second in a wave": lambda n: n.writes_a_second_of_a_wave,
    "actions a month on Temporal Cloud, millions": lambda n: n.actions_a_month,
    "Temporal Cloud a month, actions and storage, dollars": lambda n: n.cloud_dollars,
}
COUNTED: dict[str, Callable[[Need], int]] = {
    "worker processes": lambda n: n.workers,
    "history shards": lambda n: n.shards,
}


def outcome(one: Need, other: Need) -> list[str]:
    """The lines of the page's second table."""
    rounded = [
        f"| {name} | {shown(ask(one))} | {shown(ask(other))} |" for name, ask in ROUNDED.items()
    ]
    return rounded + [
        f"| {name} | {ask(one):,} | {ask(other):,} |" for name, ask in COUNTED.items()
    ]
