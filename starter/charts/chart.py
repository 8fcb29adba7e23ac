"""A chart as data: panels of horizontal bars, each bar a row of parts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

Value = int | Decimal


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, its parts in the order of the legend, and what is written behind it.

    Attributes:
        note: a second column behind the text.
    """

    label: str
    parts: tuple[Value, ...]
    text: str
    note: str = ""

    @property
    def length(self) -> Value:
        """All its parts together."""
        return sum(self.parts)


@dataclass(frozen=True, slots=True)
class Panel:
    """Bars of one unit, such as one creditor's money in one currency: they share a scale."""

    title: str
    bars: tuple[Bar, ...]

    @property
    def longest(self) -> Value:
        """The length of the longest bar."""
        return max((bar.length for bar in self.bars), default=0)


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart; each panel has a scale of its own, so that no two currencies are compared."""

    title: str
    subtitle: str
    legend: tuple[str, ...]
    panels: tuple[Panel, ...]
