"""Starts the workflows of an import from a command, which waits until they run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from activities.cases.waking import ToWake
from adapters.runtime.machine import machine_clock
from starter.application import Application
from starter.importing.intake.batch import Progress
from starter.importing.intake.deciding import Ready
from starter.importing.intake.starting import Starts, wake_all

ProgressBar = Callable[[], AbstractContextManager[Progress]]
"""Makes what shows the progress; whoever watches nothing makes one that shows nothing."""


@dataclass
class WatchedStarter:
    """Starts workflows one after the other, and shows how far it is."""

    application: Application
    shown: ProgressBar
    _alive: set[str] = field(default_factory=set)

    def alive(self, creditor: str) -> set[str]:
        """Name the cases whose workflows run."""
        self._alive = self.application.runner.run(self.application.runs.running(creditor))
        return self._alive

    def start(self, ready: Iterator[list[Ready]], expected: int) -> int:
        """Start or wake all cases; answers how many started."""
        with self.shown() as report:
            runs, now = self.application.runs, machine_clock()
            starts = Starts(runs, self._alive, now, report, total=expected)
            return self.application.runner.run(starts.all(ready))

    def wake(self, woken: Iterable[ToWake]) -> None:
        """Wake cases that heard something."""
        cases = list(woken)
        if cases:
            with self.shown() as report:
                self.application.runner.run(wake_all(self.application.runs, cases, report))
