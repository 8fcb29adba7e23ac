"""A starter that starts no workflow and remembers which cases should hear."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from activities.cases.waking import ToWake
from starter.importing.intake.deciding import Ready


@dataclass
class NoWorkflows:
    """Remembers who would be started and woken."""

    started: list[str] = field(default_factory=list)
    woken: list[str] = field(default_factory=list)

    def alive(self, creditor: str) -> set[str] | None:
        """None is asked."""

    def start(self, ready: Iterator[list[Ready]], expected: int) -> int:
        """Remember them."""
        cases = [one.case.invoice.number for part in ready for one in part]
        self.started += cases
        return len(cases)

    def wake(self, woken: Iterable[ToWake]) -> None:
        """Remember them."""
        self.woken += [one.case.invoice.number for one in woken]
