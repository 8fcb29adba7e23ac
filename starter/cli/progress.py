"""Shows a bar for long work, where a person watches; nothing in pipes and logs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from starter.importing.intake.batch import Progress as Report


@contextmanager
def bar() -> Iterator[Report]:
    """Make a bar that long work reports to; it goes away when the work is done."""
    if not sys.stderr.isatty():
        yield _nobody_watches
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)

        def report(what: str, done: int, total: int) -> None:
            progress.update(task, description=what, completed=done, total=total or None)

        yield report


def _nobody_watches(_what: str, _done: int, _total: int) -> None:
    """Nothing is shown."""
