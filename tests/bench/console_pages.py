"""What the console's pages take over 100,000 cases: twenty people against a page with nothing."""

from __future__ import annotations

import asyncio
import gzip
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import httpx
from sqlalchemy import Engine, text

from activities.services.console.access import AccessService
from adapters.ledger.cases.cases import put_policy
from adapters.ledger.stores.console.access import SqlAccessStore
from adapters.runtime.machine import machine_clock
from domain.case.invoice import Invoice
from domain.money import Money
from domain.parties.console import ConsoleRole
from domain.parties.people import Debtor
from domain.policy.policy_file import standard_policy
from infra.servers import processes, tcp_ports
from infra.servers.processes import Program
from starter.application import Application
from starter.console.security.visit import LOOPBACK_COOKIE
from starter.console.services import ConsoleServices
from tests.bench.setup.console_served import EMPTY_PAGE
from tests.bench.setup.figures import Figure, Target
from tests.bench.setup.load import Load, load

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = 20
WANTED = Target(5)
FIRST_LOAD = Target(30)
CROWD = 100_000
CREDITOR = "crowd"
PATIENCE = 60.0

_ROWS = (
    """INSERT INTO account (creditor, customer, name, zone)
    SELECT :creditor, 'C-' || i, 'Customer ' || md5(i::text), 'Europe/Berlin'
    FROM generate_series(1, :count / 2) i""",
    """INSERT INTO case_file (case_id, creditor, customer, number, issued, due, currency, amount,
      open, policy_sha, opened_at, content_sha, stage, next_do, next_step, next_at)
    SELECT 'invoice/' || :creditor || '/N-' || i, :creditor, 'C-' || 1 + i % (:count / 2),
      'N-' || i, current_date - 60, current_date - i % 50 + 5, 'EUR', 1000 + i * 7, 1000 + i * 7,
      :policy, now(), 'x' || i,
      CASE WHEN i % 10 = 0 THEN 'promised' WHEN i % 17 = 0 THEN 'disputed' ELSE 'reminding' END,
      'remind', 'second', now() + i % 20 * interval '1 day'
    FROM generate_series(1, :count) i""",
    """INSERT INTO task (key, kind, case_id, title, due_at)
    SELECT 'call/invoice/' || :creditor || '/N-' || i || '/1/call', 'call',
      'invoice/' || :creditor || '/N-' || i, 'call', now() - interval '1 hour'
    FROM generate_series(1, :count, 20) i""",
    "ANALYZE",
)

PAGES = {
    "today": "/",
    "today, mine": "/?view=mine",
    "a customer": "/customers/K-1",
    "an invoice": "/cases/K-1",
    "tasks": "/tasks",
    "inbox": "/inbox",
    "agreements": "/agreements?of=disputed",
    "money": "/money",
    "search": "/search?q=9d4a",
    "policies": "/policies",
    "operation": "/operation",
    "what leaves": "/operation/leaving",
}
"""Each page by its address; reports have figures of their own."""


def measure(application: Application) -> Iterator[Figure]:
    """Fill the ledger, let twenty people look at each page, and weigh the first load."""
    crowd(application.engine, CROWD)
    _known(application)
    ConsoleServices(application).worklist.refresh(CREDITOR)
    with _console(application) as url:
        cookie = _come_in(application.engine, url)
        empty = _looked(url, cookie, EMPTY_PAGE)
        for what, path in PAGES.items():
            yield _held_against(what, _looked(url, cookie, path), empty)
        yield _first_load(url, cookie)


def crowd(engine: Engine, count: int) -> None:
    """Write that many cases of one creditor into the ledger, by SQL."""
    with engine.begin() as connection:
        policy = put_policy(connection, standard_policy())
        for row in _ROWS:
            connection.execute(text(row), {"creditor": CREDITOR, "count": count, "policy": policy})


def _known(application: Application) -> None:
    """A customer with an invoice whose whole file is there."""
    now = machine_clock()
    application.customers.put(CREDITOR, Debtor(id="K-1", name="Kestrel", email="k@k.example"))
    application.desk.open(
        Invoice(
            creditor=CREDITOR,
            number="K-1",
            customer="K-1",
            issued=now.date() - timedelta(days=60),
            due=now.date() - timedelta(days=30),
            amount=Money(10**6, "EUR"),
            opened_at=now,
        )
    )


@contextmanager
def _console(application: Application) -> Iterator[str]:
    port, folder = tcp_ports.pick(), application.settings.home
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "tests.bench.setup.console_served", str(port)]
    record = processes.start_process(
        Program(command, folder / "console-bench.log", ROOT, dict(os.environ))
    )
    processes.remember_process(folder / "console-bench.json", record)
    try:
        processes.wait_until(lambda: tcp_ports.listens(record.pid, port), PATIENCE)
        yield f"http://localhost:{port}"
    finally:
        processes.stop_process(record)


def _come_in(engine: Engine, url: str) -> dict[str, str]:
    secret = AccessService(SqlAccessStore(engine)).invite(
        CREDITOR, "ann", ConsoleRole.ADMIN, by="bench"
    )
    with httpx.Client(base_url=url) as browser:
        browser.post(f"/enter/{secret}", headers={"sec-fetch-site": "same-origin"})
        return {"cookie": f"{LOOPBACK_COOKIE}={browser.cookies[LOOPBACK_COOKIE]}"}


def _looked(url: str, cookie: dict[str, str], path: str) -> Load:
    async def look(client: httpx.AsyncClient, _: int) -> httpx.Response:
        return await client.get(path)

    return asyncio.run(load(url, look, cookie, PEOPLE))


def _held_against(what: str, ours: Load, empty: Load) -> Figure:
    return Figure(
        measure=f"console p95, {what} / a page with nothing",
        measured=f"{ours.p95 * 1000:,.0f} against {empty.p95 * 1000:,.0f} ms, {PEOPLE} people at "
        f"once over {CROWD:,} cases",
        value=ours.p95 / empty.p95,
        target=WANTED,
    )


def _first_load(url: str, cookie: dict[str, str]) -> Figure:
    """Everything that the first page fetches, as it travels."""
    with httpx.Client(base_url=url, headers=cookie) as browser:
        page = browser.get("/").text
        files = {part.split('"')[0] for part in page.split('="/static/')[1:]}
        bodies = [page.encode(), *(browser.get(f"/static/{name}").content for name in files)]
    sent = sum(len(gzip.compress(body)) for body in bodies)
    return Figure(
        measure="console, kB of the first load",
        measured=f"the page and {len(files)} files, packed, without pictures",
        value=sent / 1000,
        target=FIRST_LOAD,
    )
