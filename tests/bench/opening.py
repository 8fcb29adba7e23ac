"""How fast cases are opened, against a bare workflow that is started with the same options."""

from __future__ import annotations

import asyncio
import itertools
import time
from datetime import date, datetime, timedelta
from statistics import median

from adapters.runtime.machine import machine_clock
from domain.money import Money
from domain.parties.people import Debtor
from domain.policy.policy_file import standard_policy
from starter.application import Application
from starter.cli.commands.cases.invoice.import_order import invoices
from starter.importing.exports.export import Export
from starter.importing.files.invoices import InvoiceRow
from starter.importing.intake.batch import Batch
from starter.importing.intake.deciding import Ready, decide
from starter.importing.intake.invoices import Todo, open_batch
from starter.importing.intake.starting import STARTED_AT_ONCE
from starter.importing.intake.taking_in import ImportOrder
from tests.bench.setup.figures import Figure, Target

CASES = 150
ROUNDS = 5
WANTED = Target(0.9, at_least=True)
POLICY = standard_policy()

_numbers = itertools.count(1)


def measure(application: Application) -> Figure:
    """Import files of invoices, and start bare workflows, in turns; the middle rounds count."""
    _ours(application), _bare(application)  # both are warm
    rounds = [_round(application, turn) for turn in range(ROUNDS)]
    ours, bare = [one for one, _ in rounds], [other for _, other in rounds]
    mine, theirs = median(ours), median(bare)
    return Figure(
        measure="opening cases / bare workflows",
        measured=f"{mine:,.0f} against {theirs:,.0f} a second, {STARTED_AT_ONCE} at once, "
        f"{ROUNDS} rounds of {CASES} each, in turns",
        value=mine / theirs,
        target=WANTED,
    )


def _round(application: Application, turn: int) -> tuple[float, float]:
    if turn % 2:
        bare = _bare(application)
        return _ours(application), bare
    return _ours(application), _bare(application)


def _ours(application: Application) -> float:
    """Cases a second: the ledger, the first decision, and the start."""
    order = ImportOrder(
        creditor=f"ours-{next(_numbers)}",
        export=Export(rows=tuple(file(CASES))),
        policy=POLICY,
        yes=True,
    )
    began = time.perf_counter()
    answer = invoices(application, order)
    seconds = time.perf_counter() - began
    if answer["started"] != CASES:
        raise RuntimeError(f"only {answer['started']} of {CASES} cases were started")
    return CASES / seconds


def _bare(application: Application) -> float:
    """Workflows a second, with the start options of just such cases and an id as the input."""
    ready, now = decided(application, CASES), machine_clock()
    began = time.perf_counter()
    application.runner.run(_start_bare(application, ready, now))
    return CASES / (time.perf_counter() - began)


def decided(application: Application, count: int) -> list[Ready]:
    """New cases in the ledger with their first decisions, and no workflow."""
    creditor = f"bare-{next(_numbers)}"
    batch = Batch(creditor=creditor, rows=file(count), policy=POLICY, now=machine_clock())
    opened = open_batch(application, batch)
    todo = Todo(settle=frozenset(), decide=set(opened.new))
    return [ready for some in decide(application, batch, todo) for ready in some]


async def _start_bare(application: Application, ready: list[Ready], now: datetime) -> None:
    limit = asyncio.Semaphore(STARTED_AT_ONCE)

    async def start(one: Ready) -> None:
        at = one.decision.at or now
        options = application.runs._options(one.case, one.decision.stage)
        async with limit:
            await application.runs.client.start_workflow(
                "Bare", options["id"], start_delay=at - now, **options
            )

    async with asyncio.TaskGroup() as group:
        for one in ready:
            group.create_task(start(one))


def file(count: int, due: date | None = None, to_each: int = 5) -> list[InvoiceRow]:
    """Invoices, some to each customer; without a due date nothing is due in the next weeks."""
    today = machine_clock().date()
    later = today + timedelta(days=20)
    issued = due - timedelta(days=30) if due else today - timedelta(days=1)
    return [
        _row(index, index // to_each, issued, due or later + timedelta(days=index % 30))
        for index in range(count)
    ]


def _row(index: int, customer: int, issued: date, due: date) -> InvoiceRow:
    debtor = Debtor(
        id=f"C-{customer}",
        name=f"Customer {customer} GmbH",
        email=f"c{customer}@customer.example",
        country="DE",
        zone="Europe/Berlin",
    )
    return InvoiceRow(
        line=index + 2,
        number=f"R-{index:05}",
        debtor=debtor,
        issued=issued,
        due=due,
        amount=Money(10_000 + index, "EUR"),
    )
