"""What was measured, as a person reads it: a table on the terminal, and one in the docs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HEADER = ("measure", "measured", "figure", "target", "result")


@dataclass(frozen=True, slots=True)
class Target:
    """What a figure should be: at least, or at most, a limit."""

    limit: float
    at_least: bool = False

    def met_by(self, value: float) -> bool:
        """Whether a figure is as it should be."""
        return value >= self.limit if self.at_least else value <= self.limit

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {plain(self.limit)}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table.

    Attributes:
        measure: what was measured, in words.
        measured: the figures behind it, with their units.
        value: the figure that is held against the target.
        target: what it should be; None if it is told for information only.
    """

    measure: str
    measured: str
    value: float
    target: Target | None = None

    @property
    def result(self) -> str:
        """Whether the target was met."""
        if self.target is None:
            return "information"
        return "pass" if self.target.met_by(self.value) else "miss"

    @property
    def cells(self) -> tuple[str, ...]:
        """The line, cell by cell."""
        target = str(self.target) if self.target else "–"  # noqa: RUF001 - a dash in prose
        return (self.measure, self.measured, plain(self.value), target, self.result)


def plain(value: float) -> str:
    """A figure without false precision: whole from a hundred on, else two decimals at most."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.2f}".rstrip("0").rstrip(".")


def table(figures: Sequence[Figure]) -> str:
    """The figures as a table in Markdown that also reads well on a terminal."""
    rows = [HEADER, *(figure.cells for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADER))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def peak_mib() -> float:
    """The most memory that this process has had: `getrusage` tells its parent's before it began."""
    told = Path("/proc/self/status").read_text(encoding="ascii")
    (line,) = (line for line in told.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024
