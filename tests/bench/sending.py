"""How many deeds one worker does in a second: decided, looked at last, sent to the outbox, kept."""

from __future__ import annotations

import time
from datetime import timedelta

from sqlalchemy import Engine, text

from adapters.runtime.machine import machine_clock
from domain.names import TASK_QUEUE
from domain.policy.policy_file import shipped_policies
from starter.application import Application
from starter.cli.commands.cases.invoice.import_order import ImportOrder, invoices
from starter.importing.exports.export import Export
from tests.bench.memory import worker
from tests.bench.opening import file
from tests.bench.setup.figures import Figure

CASES = 100
PATIENCE = 60  # seconds
OVERDUE = timedelta(days=3)


def measure(application: Application) -> Figure:
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
    with worker(TASK_QUEUE, application.settings.home):
        _until(application.engine, 1)
        began, first = time.perf_counter(), _done(application.engine)
        _until(application.engine, CASES)
        seconds = time.perf_counter() - began
    return Figure(
        measure="deeds per second of one worker",
        measured=f"first reminders to {CASES} customers, each through workflow, ledger and outbox",
        value=(CASES - first) / seconds,
    )


def _until(engine: Engine, count: int) -> None:
    end = time.monotonic() + PATIENCE
    while _done(engine) < count:
        if time.monotonic() > end:
            raise RuntimeError(f"only {_done(engine)} of {CASES} reminders were sent")
        time.sleep(0.05)


def _done(engine: Engine) -> int:
    query = text(
        "SELECT count(*) FROM deed WHERE \"do\" = 'remind' AND case_id LIKE 'invoice/late/%'"
    )
    with engine.connect() as connection:
        return int(connection.execute(query).scalar_one())
