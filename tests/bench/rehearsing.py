"""How many lines a rehearsal tells in a second, and what memory it takes for long files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tests.bench.setup import synthetic
from tests.bench.setup.figures import Figure, Target
from tests.rehearsal import stage

ROOT = Path(__file__).resolve().parents[2]
FEW, MANY = 10_000, 100_000
WANTED = Target(20_000, at_least=True)
TEN_TIMES_TRYTON = Target(10, at_least=True)
TRYTON = 1_123
"""Lines that Tryton's batch dunning decides and records in a second: measured once, on two cores
of this kind of machine, and not in this run."""
SAME = Target(1.25)
ONE = (300, 3_000)
LINEAR = Target(1.1)

_HEADER = (*stage.INVOICE, "zone", "country")


def measure() -> Iterator[Figure]:
    """Rehearse ten thousand invoices and ten times as many, and one customer with thousands."""
    few, many = (_rehearsed(synthetic.invoices(n), synthetic.events(n)) for n in (FEW, MANY))
    rate = few["lines"] / few["seconds"]
    told = f"{few['lines']:,.0f} lines of {FEW:,} invoices in {few['seconds']:.1f} s"
    yield Figure(
        measure="lines a second of a rehearsal by rules, all cores",
        measured=f"{told}, from the files to the ordered lines, {os.cpu_count()} cores",
        value=rate,
        target=WANTED,
    )
    yield Figure(
        measure="the same / Tryton's batch dunning, decided and recorded",
        measured=f"against {TRYTON:,} lines a second, measured once on two such cores",
        value=rate / TRYTON,
        target=TEN_TIMES_TRYTON,
    )
    yield Figure(
        measure="memory to rehearse 100,000 invoices / 10,000",
        measured=f"{_memory(many):,.0f} against {_memory(few):,.0f} MiB, the largest of its "
        f"processes; {many['lines']:,.0f} lines in {many['seconds']:.0f} s",
        value=_memory(many) / _memory(few),
        target=SAME,
    )
    yield _one_customer()


def _one_customer() -> Figure:
    small, large = (_rehearsed(_of_one(n), synthetic.events(n)) for n in ONE)
    each = [found["seconds"] / found["lines"] for found in (small, large)]
    return Figure(
        measure=f"seconds a line for one customer with {ONE[1]:,} invoices / with {ONE[0]:,}",
        measured=f"{large['lines']:,.0f} lines in {large['seconds']:.1f} s against "
        f"{small['lines']:,.0f} in {small['seconds']:.1f} s",
        value=each[1] / each[0],
        target=LINEAR,
    )


def _of_one(count: int) -> Iterator[dict[str, str]]:
    place = {"customer": "ONE", "zone": "Europe/Berlin", "country": "DE"}
    return ({**row, **place} for row in synthetic.invoices(count))


def _memory(found: Mapping[str, float]) -> float:
    return max(found["own"], found["child"])


def _rehearsed(
    invoices: Iterable[Mapping[str, str]], events: Iterable[Mapping[str, str]]
) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        stage.write(Path(folder) / "invoices.csv", _HEADER, invoices)
        stage.write(Path(folder) / "events.csv", stage.EVENT, events)
        command = [sys.executable, "-m", "tests.bench.setup.rehearsed", folder]
        answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(answer.stdout)
    return found
