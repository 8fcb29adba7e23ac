"""Rehearses files of any length: customers are independent, so all processors play parts of them.

No more of the files is held in memory than is played just now.
"""

from __future__ import annotations

import heapq
import multiprocessing
import os
import pickle
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from zlib import crc32

from domain.interest.added_rates import AddedRate
from domain.policy.model import Policy
from starter.importing.files.options import ReadOptions
from starter.importing.files.problems import Problems
from starter.importing.files.rehearsal import (
    EVENT_FIELDS,
    REHEARSAL_FIELDS,
    rehearsal_events,
    rehearsal_rows,
)
from starter.importing.files.table import CsvHead, read_head, table_of
from starter.importing.files.text import CsvRecord
from starter.rehearsal.by_rules import rehearse_by_rules
from starter.rehearsal.script import LINE_FIELDS, ScriptLine, line_order, line_values, script_parts

PART_BYTES = 100_000
"""A part is about so much of the file: below that a process costs more than it saves."""

MOST_PIECES = 200
"""So many files are open at once while a long file is split, and while the lines are merged."""

_CHUNK = 200

Report = Callable[[int, int], None]
"""Hears how many parts are done, and of how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsalFiles:
    """What is rehearsed.

    Attributes:
        events: what happened to the invoices; None if nothing is known.
        until: the last day, inclusive.
    """

    invoices: Path
    of_invoices: ReadOptions
    events: Path | None
    of_events: ReadOptions
    policy: Policy
    until: date
    rates: tuple[AddedRate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Split:
    """The files, split by customer.

    Attributes:
        parts: how many there are.
        heads: what the headers of both files say; the second is None without events.
    """

    folder: Path
    parts: int
    heads: tuple[CsvHead, CsvHead | None]
    invoices: Problems
    events: Problems

    def path(self, what: str, part: int) -> Path:
        return self.folder / f"{what}-{part}"


@contextmanager
def rehearsed_files(
    files: RehearsalFiles, report: Report = lambda _done, _all: None
) -> Iterator[Iterable[ScriptLine]]:
    """Rehearse files by the rules; answers the lines in their order, read one after the other.

    Raises:
        FileError: naming every line at fault.
        DomainError: if the options cannot be understood.
    """
    with tempfile.TemporaryDirectory(prefix="amicable-rehearsal-") as folder:
        split = _split(files, Path(folder))
        for done, found in enumerate(_played(files, split), start=1):
            split.invoices.take(found[0])
            split.events.take(found[1])
            report(done, split.parts)
        split.invoices.refuse()
        split.events.refuse()
        runs = [_lines(split.path("lines", part)) for part in range(split.parts)]
        yield heapq.merge(*runs, key=line_order)


def _played(files: RehearsalFiles, split: _Split) -> Iterator[tuple[Problems, Problems]]:
    if split.parts == 1:
        yield _play(files, split, 0)
        return
    how = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    count = min(split.parts, len(os.sched_getaffinity(0)) if sys.platform == "linux" else 4)
    with ProcessPoolExecutor(count, mp_context=how) as pool:
        asked = [pool.submit(_play, files, split, part) for part in range(split.parts)]
        for each in asked:
            yield each.result()


def _split(files: RehearsalFiles, folder: Path) -> _Split:
    """Write the records of each customer, and what happened to its invoices, into one part."""
    parts = max(1, min(MOST_PIECES, files.invoices.stat().st_size // PART_BYTES))
    problems, of_events = Problems(str(files.invoices)), Problems(str(files.events or ""))
    head, source = read_head(files.invoices, REHEARSAL_FIELDS, files.of_invoices, problems)
    place: dict[str, int] = {}

    def by_customer(cells: list[str]) -> int:
        customer = head.text(cells, "customer", files.of_invoices)
        number = head.text(cells, "number", files.of_invoices)
        # Lines of one number meet, even where the file contradicts itself about the customer.
        return place.setdefault(number, crc32(customer.encode()) % parts)

    _write(folder, "invoices", parts, by_customer, source)
    other = None
    if files.events:
        other, said = read_head(files.events, EVENT_FIELDS, files.of_events, of_events)
        number_at = other.places["invoice"]
        _write(folder, "events", parts, lambda cells: place.get(cells[number_at], 0), said)
    return _Split(
        folder=folder, parts=parts, heads=(head, other), invoices=problems, events=of_events
    )


def _write(
    folder: Path,
    what: str,
    parts: int,
    part_of: Callable[[list[str]], int],
    source: Iterable[CsvRecord],
) -> None:
    waiting: list[list[CsvRecord]] = [[] for _ in range(parts)]
    files = [(folder / f"{what}-{part}").open("wb") for part in range(parts)]
    for record in source:
        part = part_of(record[1])
        waiting[part].append(record)
        if len(waiting[part]) >= _CHUNK:
            pickle.dump(waiting[part], files[part])
            waiting[part] = []
    for records, file in zip(waiting, files, strict=True):
        pickle.dump(records, file)
        file.close()


def _play(files: RehearsalFiles, split: _Split, part: int) -> tuple[Problems, Problems]:
    """Play the customers of one part; its lines are left in a file, in their order."""
    invoices, events = split.heads
    problems, of_events = Problems(invoices.file), Problems(events.file if events else "")
    records = _chunks(split.path("invoices", part))
    table = table_of(invoices, records, files.of_invoices, problems)
    rows = rehearsal_rows(table, files.of_invoices)
    said = []
    if events and not problems:
        records = _chunks(split.path("events", part))
        said = rehearsal_events(
            table_of(events, records, files.of_events, of_events), rows, files.of_events
        )
    if not problems and not of_events:
        script = script_parts(rows, said, files.policy, files.until)
        found = rehearse_by_rules(script, files.policy, rates=files.rates)
        with split.path("lines", part).open("wb") as file:
            for start in range(0, len(found), _CHUNK):
                pickle.dump([line_values(line) for line in found[start : start + _CHUNK]], file)
    return problems, of_events


def _lines(path: Path) -> Iterator[ScriptLine]:
    for values in _chunks(path):
        yield ScriptLine(**dict(zip(LINE_FIELDS, values, strict=True)))


def _chunks(path: Path) -> Iterator[Any]:
    """What was written there, one after the other; only this program writes into its folder."""
    with path.open("rb") as file:
        while file.peek(1):
            yield from pickle.load(file)  # noqa: S301 - written by ourselves, in a folder of ours
