"""How many deeds one worker does in a second: decided, looked at last, sent to the outbox, kept."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

from sqlalchemy import Engine, text

from adapters.runtime.machine import machine_clock
from adapters.temporal.runs import Runs
from domain.names import TASK_QUEUE
from domain.policy.policy_file import shipped_policies
from domain.wire import InvoiceInput
from starter.application import Application
from starter.cli.commands.cases.invoice.import_order import invoices
from starter.importing.exports.export import Export
from starter.importing.intake.deciding import Ready
from starter.importing.intake.taking_in import ImportOrder
from tests.bench.memory import worker
from tests.bench.opening import decided, file
from tests.bench.setup.bare import BARE_QUEUE, BARE_STEP, DONE_FILE
from tests.bench.setup.figures import Figure, Target

CASES = 200
PATIENCE = 240  # seconds
WANTED = Target(0.6, at_least=True)
OVERDUE = timedelta(days=3)


def measure(application: Application) -> Iterator[Figure]:
    """Let one worker catch up with what is due, and then one of bare workflows with as much."""
    ours, bare = _ours(application), _bare(application)
    yield Figure(
        measure="deeds of one worker / steps of bare workflows",
        measured=f"{ours:,.1f} against {bare:,.1f} a second: first reminders to {CASES} customers, "
        "each through workflow, ledger and outbox, against one empty activity and one timer",
        value=ours / bare,
        target=WANTED,
    )
    yield Figure(
        measure="deeds per second of one worker",
        measured="the same by themselves; docs/capacity.md counts on no more than twice as many",
        value=ours,
    )


def _ours(application: Application) -> float:
    """Import overdue invoices while no worker runs; then see how fast one catches up."""
    due = machine_clock().date() - OVERDUE
    rows = file(CASES, due=due, to_each=1)
    order = ImportOrder(
        creditor="late",
        export=Export(rows=tuple(rows)),
        policy=shipped_policies("any_hour"),
        yes=True,
    )
    invoices(application, order)
    return _rate(TASK_QUEUE, application, lambda: _done(application.engine))


def _bare(application: Application) -> float:
    """Start bare workflows with the input of such cases; then see how fast one worker does them."""
    ready, runs = decided(application, CASES), application.runs
    application.runner.run(_start_steps(runs, ready))
    traces = application.settings.home / "bare-steps"
    os.environ[DONE_FILE] = str(traces)
    return _rate(BARE_QUEUE, application, lambda: traces.stat().st_size if traces.exists() else 0)


async def _start_steps(runs: Runs, ready: list[Ready]) -> None:
    for one in ready:
        options = runs._options(one.case, one.decision.stage)
        options |= {"id": f"step-{options['id']}", "task_queue": BARE_QUEUE}
        await runs.client.start_workflow(BARE_STEP, InvoiceInput(next=one.decision), **options)


def _rate(queue: str, application: Application, done: Callable[[], int]) -> float:
    """Steps a second, from the first one that was done to the last."""
    with worker(queue, application.settings.home):
        _until(done, 1)
        began, first = time.perf_counter(), done()
        _until(done, CASES)
        return (CASES - first) / (time.perf_counter() - began)


def _until(done: Callable[[], int], count: int) -> None:
    end = time.monotonic() + PATIENCE
    while done() < count:
        if time.monotonic() > end:
            raise RuntimeError(f"only {done()} of {CASES} steps were done")
        time.sleep(0.02)


def _done(engine: Engine) -> int:
    query = text(
        "SELECT count(*) FROM deed WHERE \"do\" = 'remind' AND case_id LIKE 'invoice/late/%'"
    )
    with engine.connect() as connection:
        return int(connection.execute(query).scalar_one())
