"""A whole house for workflow tests: worker, ledger, outbox, clients; only time is made to run."""

import asyncio
import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text
from temporalio.client import Client, WorkflowHandle
from temporalio.testing import WorkflowEnvironment

from activities.case_service import CaseService
from activities.ports.stores.cases import CaseRow
from activities.ports.stores.tasks import TaskFilter, TaskRow
from activities.reconcile import ReconcilerActivities
from adapters.config.settings import Settings
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.customers.people import upsert_creditor, upsert_debtor
from adapters.ledger.queries import reads
from adapters.ledger.queries.case_watch import SqlCaseWatch
from adapters.ledger.queries.rounds import SqlRoundLog
from adapters.ledger.queries.stuck import SqlStuckCases
from adapters.ledger.tasks import desk
from adapters.runtime.machine import machine_clock
from adapters.temporal.runs import Runs
from domain.case.model import Invoice
from domain.money import Money
from domain.parties.people import Creditor, Debtor
from domain.policy.model import Policy
from domain.policy.policy_file import parse_policy
from starter.client.client import AsyncAmicable

BRISK = parse_policy(
    """
name = "brisk"
minimum_gap_days = 2
tolerance = { EUR = "0.50" }
review_days = 30
agency_review_days = 90
calendar = { window = "00:00-24:00", working_days_only = false }
plan_b = { on = "deadline+1", do = "hand_off" }
agreements = { longest_promise_days = 30, promises_allowed = 2, grace_days = 0 }
# Where a server's clock is the machine's nobody waits for further invoices.
contact = { settle_minutes = 0 }

[[step]]
id = "polite"
on = "due+1"
do = "remind"
channels = ["email", "sms"]
tone = "friendly"

[[step]]
id = "call"
on = "due+4"
do = "call_task"

[[step]]
id = "final"
on = "due+8"
do = "demand_letter"
channels = ["email"]
tone = "final"
deadline_days = 5
""",
    file="brisk.toml",
)
DEBTOR = Debtor(
    id="C1",
    name="Canary Customer GmbH",
    email="canary@customer.example",
    phone="+4915112345678",
    country="DE",
    zone="Europe/Berlin",
)
PATIENCE = 100
"""Seconds: a watchdog only, for a machine that is busy with other things."""
_numbers = itertools.count(1)


@dataclass
class Switch:
    """Breaks a point of the send protocol, or makes it wait, for as long as a test wants.

    Attributes:
        broken: points at which whoever comes by fails.
        slow: points at which whoever comes by waits until it is let go.
        waiting: who waits, a name for each.
    """

    broken: set[str] = field(default_factory=set)
    slow: set[str] = field(default_factory=set)
    waiting: list[str] = field(default_factory=list)
    answered: threading.Event = field(default_factory=threading.Event)

    def __call__(self, name: str) -> None:
        """Raise where the house is broken, and wait where it is slow."""
        if name in self.broken:
            raise ConnectionError(name)
        if name in self.slow:
            self.waiting.append(name)
            self.answered.wait(4 * PATIENCE)

    def let_go(self) -> None:
        """Let everybody who waits go on; nobody waits any more."""
        self.slow.clear()
        self.answered.set()


@dataclass
class WorkflowHarness:
    """What a test holds in its hands."""

    env: WorkflowEnvironment
    engine: Engine
    settings: Settings
    switch: Switch
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def client(self) -> Client:
        """The Temporal client."""
        return self.env.client

    @property
    def desk(self) -> CaseService:
        """The front desk, on the test's clock."""
        return CaseService(SqlLedger(self.engine), lambda: self.now)

    @property
    def amicable(self) -> AsyncAmicable:
        """The client of billing systems and collectors."""
        return AsyncAmicable(self.desk, Runs(self.client))

    @property
    def reconciler(self) -> ReconcilerActivities:
        """The reconciler, to be run by hand."""
        return ReconcilerActivities(
            SqlCaseWatch(self.engine),
            self.desk,
            Runs(self.client),
            machine_clock,
            rounds=SqlRoundLog(self.engine),
            stuck=SqlStuckCases(self.engine),
        )

    def creditor(self) -> str:
        """A company that no other test knows, with one customer."""
        name = f"acme{next(_numbers)}"
        company = Creditor(id=name, name="Acme Ltd", email="billing@acme.example", phone="+4930")
        upsert_creditor(self.engine, company)
        upsert_debtor(self.engine, name, DEBTOR)
        return name

    def invoice(self, creditor: str = "", number: str = "R-1", due_in: int = 10) -> Invoice:
        """An invoice of 119.00 EUR."""
        today = self.now.date()
        return Invoice(
            creditor=creditor or self.creditor(),
            number=number,
            customer="C1",
            issued=today - timedelta(days=5),
            due=today + timedelta(days=due_in),
            amount=Money(11900, "EUR"),
            opened_at=self.now,
        )

    async def open(self, policy: Policy = BRISK, due_in: int = 10) -> WorkflowHandle[Any, Any]:
        """Open a case; it sleeps until its first deed is due."""
        self.now = datetime.now(UTC)
        invoice = self.invoice(due_in=due_in)
        await self.amicable.open_case(invoice, policy)
        return self.client.get_workflow_handle(invoice.case_id)

    def row(self, case_id: str) -> CaseRow:
        """The case as the ledger shows it."""
        found = reads.case_row(self.engine, case_id)
        assert found is not None, f"no case {case_id}"
        return found

    def steps(self, case_id: str) -> list[str]:
        """What was done, in order."""
        return [deed.step for deed in reads.deeds_of(self.engine, case_id)]

    def tasks(self, case_id: str, kind: str = "") -> tuple[TaskRow, ...]:
        """What lies on the desk about a case."""
        return desk.find_tasks(self.engine, TaskFilter(case=case_id, kind=kind))

    def number(self, case_id: str) -> int:
        """How many decisions the ledger has seen; 0 if there is no case yet."""
        with self.engine.connect() as link:
            query = text("SELECT decision_number FROM case_file WHERE case_id = :id")
            return link.execute(query, {"id": case_id}).scalar() or 0

    def letters(self) -> list[Path]:
        """Everything that ever left for a debtor."""
        return sorted(self.settings.outbox.glob("*-*-*/*"))

    def letters_about(self, case_id: str) -> list[Path]:
        """Those of the case's creditor, whom no other test knows: their cases live on beside it."""
        query = text("SELECT id FROM outbound_message WHERE creditor = :creditor")
        with self.engine.connect() as link:
            found = link.execute(query, {"creditor": case_id.split("/")[1]}).scalars().all()
        ids = {str(one) for one in found}
        return [path for path in self.letters() if path.name.partition(".")[0] in ids]

    async def clock(self, handle: WorkflowHandle[Any, Any]) -> datetime:
        """Set the test's clock to the case's."""
        self.now = (await self.env.get_current_time(handle)).astimezone(UTC)
        return self.now

    async def next(self, handle: WorkflowHandle[Any, Any]) -> CaseRow:
        """Let time run to the next deed, and wait until it is done."""
        row = self.row(handle.id)
        assert row.next_at is not None, f"nothing comes: {row.next_why}"
        before, now = self.number(handle.id), await self.clock(handle)
        await self.env.fast_forward(handle, max(row.next_at - now, timedelta()) + SECOND)
        await self.until(lambda: self.number(handle.id) > before)
        return self.row(handle.id)

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait (real time) until something is true."""
        end = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < end, "it never came true"
            await asyncio.sleep(0.02)

    async def decided(self, handle: WorkflowHandle[Any, Any], than: int) -> CaseRow:
        """Wait until the case has thought again."""
        await self.until(lambda: self.number(handle.id) > than)
        return self.row(handle.id)


SECOND = timedelta(seconds=1)
