"""How what people and programs ask of the ledger grows with it: from ten thousand open cases on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from math import log10
from pathlib import Path

from sqlalchemy import Engine

from activities.cases.session import Session
from activities.ports.stores.batches import CaseOpening
from activities.ports.stores.cases import CaseFilter
from activities.ports.stores.console.worklist import WorklistFilter, WorklistOrder, WorklistView
from activities.ports.stores.reports import ReportScope
from activities.ports.stores.tasks import TaskFilter
from adapters.ledger.batch import first_decisions, open_many
from adapters.ledger.console.search import search_ledger
from adapters.ledger.console.worklist import worklist_page
from adapters.ledger.core import migrate
from adapters.ledger.core.engine import make_engine
from adapters.ledger.queries.customers import customer_sums
from adapters.ledger.queries.reads import find_cases
from adapters.ledger.reports.gauges import read_gauges
from adapters.ledger.reports.reports import ageing
from adapters.ledger.tasks.desk import find_tasks
from domain.case.model import Invoice
from domain.history.reports import AgeingBuckets
from domain.money import Money
from domain.parties.people import Debtor
from domain.policy.policy_file import standard_policy
from infra.servers import postgres
from tests.bench.setup.figures import Figure, Target
from tests.bench.setup.grown import CREDITOR, CUSTOMER_INVOICES, NOW, TODAY, grow
from tests.ledger.factories import FILE

ROOT = Path(__file__).resolve().parents[3]
SIZES = tuple(
    int(size) for size in os.environ.get("BENCH_SIZES", "10000,100000,1000000").split(",")
)
LINEAR = Target(1.1)
"""The exponent of what grows no faster than n log n between the two largest ledgers."""
ROUND_SECONDS, ROUND_MIB = Target(60), Target(200)
IMPORTED, TOGETHER = 10_000, 500
TIMES = 3

Seconds = dict[str, list[float]]


def measure(folder: Path) -> Iterator[Figure]:
    """Grow a ledger of its own, and ask all questions at each size."""
    found: Seconds = {}
    rounds = list[Mapping[str, float]]()
    with ledger_of_its_own(folder) as engine:
        for before, size in zip((0, *SIZES), SIZES, strict=False):
            grow(engine, before, size)
            for name, ask in _questions(engine, size).items():
                found.setdefault(name, []).append(fastest(ask))
            rounds.append(_round(engine))
            found.setdefault("a round of the reconciler", []).append(rounds[-1]["seconds"])
            found.setdefault(f"an import of {IMPORTED:,} more", []).append(_import(engine, size))
    for name, seconds in found.items():
        yield growth_of(name, seconds)
    last = rounds[-1]
    yield Figure(
        measure=f"seconds of a round of the reconciler over {SIZES[-1]:,} cases",
        measured=f"{last['asked']:,.0f} workflows asked about, at most 200 a second; "
        f"{last['cpu']:.1f} s of the processor",
        value=last["seconds"],
        target=ROUND_SECONDS,
    )
    yield Figure(
        measure=f"MiB of a process for a round over {SIZES[-1]:,} cases",
        measured=f"against {rounds[0]['mib']:.0f} over {SIZES[0]:,}",
        value=last["mib"],
        target=ROUND_MIB,
    )


@contextmanager
def ledger_of_its_own(folder: Path, name: str = "grown") -> Iterator[Engine]:
    """A PostgreSQL of its own: what others measure is not slowed down by a million cases."""
    server = postgres.start(folder / name, folder / f"{name}.log")
    migrate.upgrade(server.url())
    engine = make_engine(server.url(), pool_size=5)
    try:
        yield engine
    finally:
        engine.dispose()
        postgres.stop(server)


def _questions(engine: Engine, size: int) -> dict[str, Callable[[], object]]:
    far = WorklistFilter(
        creditor=CREDITOR,
        view=WorklistView.ALL,
        order=WorklistOrder.SCORE,
        person="",
        now=NOW,
        today=NOW,
    )
    middle = f"invoice/{CREDITOR}/R-{size // 2}"
    wanted = CaseFilter(creditor=CREDITOR, open_only=True, limit=50)
    return {
        "a page of the worklist": lambda: worklist_page(engine, far),
        "a search for a number": lambda: search_ledger(engine, CREDITOR, f"R-{size - 7}", {}),
        "a search for a name": lambda: search_ledger(engine, CREDITOR, "Customer 4cdb", {}),
        "a page of open cases": lambda: find_cases(engine, wanted),
        "a page from the middle": lambda: find_cases(
            engine, CaseFilter(creditor=CREDITOR, open_only=True, limit=50, after=middle)
        ),
        "one customer": lambda: customer_sums(
            engine, CREDITOR, f"C-{size // 10}", NOW - timedelta(days=90), NOW
        ),
        "the tasks of a creditor": lambda: find_tasks(
            engine, TaskFilter(creditor=CREDITOR, limit=50)
        ),
        "the ageing report": lambda: ageing(engine, ReportScope(on=TODAY), AgeingBuckets()),
        "the gauges": lambda: read_gauges(engine),
    }


def fastest(ask: Callable[[], object]) -> float:
    """Ask a few times, and tell how many seconds the fastest answer took."""
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        ask()
        took.append(time.perf_counter() - began)
    return min(took)


def _round(engine: Engine) -> Mapping[str, float]:
    url = engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.bench.setup.rounds", url]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(answer.stdout.splitlines()[-1])
    return found


def _import(engine: Engine, size: int) -> float:
    """Open invoices of new customers as a file does, with their first decisions."""
    policy, began = standard_policy(), time.perf_counter()
    for start in range(0, IMPORTED, TOGETHER):
        openings = [
            CaseOpening(invoice=_invoice(size, n), policy=policy)
            for n in range(start, start + TOGETHER)
        ]
        whose = sorted({one.invoice.customer for one in openings})
        debtors = [Debtor(id=one, name=one, email="c@customer.example") for one in whose]
        opened = open_many.open_many(engine, CREDITOR, openings, debtors, FILE)
        with first_decisions.newcomers(engine, CREDITOR, opened.new) as accounts:
            for case_id, account in accounts.items():
                Session(account, case_id, NOW).decide()
    return time.perf_counter() - began


def _invoice(size: int, number: int) -> Invoice:
    return Invoice(
        creditor=CREDITOR,
        number=f"N-{size}-{number}",
        customer=f"N-{size}-{number // CUSTOMER_INVOICES}",
        issued=date(2026, 6, 1),
        due=date(2026, 7, 1),
        amount=Money(10_000 + number, "EUR"),
        opened_at=NOW,
    )


def growth_of(name: str, seconds: list[float]) -> Figure:
    """Tell with which exponent seconds grow from one size of the ledger to the next."""
    told = ", ".join(
        f"{_duration(each)} of {size:,}" for size, each in zip(SIZES, seconds, strict=True)
    )
    exponent = log10(seconds[-1] / seconds[-2]) / log10(SIZES[-1] / SIZES[-2])
    return Figure(
        measure=f"exponent of growth: {name}", measured=told, value=exponent, target=LINEAR
    )


def _duration(seconds: float) -> str:
    return f"{seconds:,.1f} s" if seconds >= 1 else f"{seconds * 1000:,.1f} ms"
