"""An installation that can be lost: its ledger, its Temporal, its workers."""

from __future__ import annotations

import contextlib
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from temporalio.client import Client, WorkflowHandle
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment

import worker
from activities.reconcile import ReconcilerActivities
from activities.services.holds import HoldService
from adapters.config.settings import Settings
from adapters.ledger.core.engine import make_engine
from adapters.ledger.queries.case_watch import SqlCaseWatch
from adapters.ledger.queries.rounds import SqlRoundLog
from adapters.ledger.queries.stuck import SqlStuckCases
from adapters.ledger.stores.cases import SqlCaseLists, SqlDueCases
from adapters.ledger.stores.holds import SqlHoldStore
from adapters.runtime.machine import machine_clock
from adapters.temporal.runs import Runs
from domain.case.model import Invoice
from domain.payments.allocation import PaymentIn
from domain.wire import Answer, PostedPayment
from infra import bootstrap
from starter.client.client import AsyncAmicable
from tests.workflows.factories import BRISK, Switch, WorkflowHarness

Handle = WorkflowHandle[object, object]


@dataclass
class Installation:
    """A ledger and a Temporal that can be lost; the outbox stands for the provider, which stays."""

    env: WorkflowEnvironment
    url: str
    home: Path
    client: Client
    engine: Engine = field(init=False)

    def __post_init__(self) -> None:
        self.engine = make_engine(self.url, pool_size=32)
        self.settings = Settings(home=self.home, database_url=self.url)
        self.ledger = WorkflowHarness(self.env, self.engine, self.settings, Switch())

    @property
    def amicable(self) -> AsyncAmicable:
        """The client of billing systems."""
        self.ledger.now = datetime.now(UTC)
        return AsyncAmicable(self.ledger.desk, Runs(self.client))

    @contextlib.asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """A worker as it is shipped runs meanwhile."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(worker, "make_engine", lambda *_, **__: self.engine)
            built = worker.build(self.client, self.settings)
        async with built:
            yield

    async def open(self, invoice: Invoice) -> Handle:
        """Open a case, which is overdue."""
        await self.amicable.open_case(invoice, BRISK)
        return self.client.get_workflow_handle(invoice.case_id)

    async def until_reminded(self, *cases: Handle) -> None:
        """Wait until each was reminded once."""
        for case in cases:
            await self.ledger.until(partial(self._has_done, case.id, "polite"))

    async def until_held(self, *cases: str) -> None:
        """Wait until each would speak, may not, and asks again in an hour."""
        for case in cases:
            await self.ledger.until(partial(self._is_put_off, case))

    def _has_done(self, case: str, step: str) -> bool:
        return self.ledger.steps(case) == [step]

    def _comes_next(self, case: str, step: str) -> bool:
        return self.ledger.row(case).next_step == step

    def _is_put_off(self, case: str) -> bool:
        row = self.ledger.row(case)
        soon = datetime.now(UTC) + timedelta(minutes=50)
        return row.next_step == "polite" and row.next_at is not None and row.next_at > soon

    async def until_next_is(self, step: str, *cases: str) -> None:
        """Wait until that step is the next one of each."""
        for case in cases:
            await self.ledger.until(partial(self._comes_next, case, step))

    async def remind_elsewhere(self, case: Handle) -> Answer:
        """Say that the reminder was seen at the provider, though the ledger does not know it."""
        body = {"id": "restored", "ref": "polite", "date": str(machine_clock().date())}
        answer: Answer = await case.execute_update("reminded_elsewhere", body, result_type=Answer)
        return answer

    async def pay(self, invoice: Invoice) -> PostedPayment:
        """Post the payment of an invoice, under the bank's own id and day."""
        given = PaymentIn(
            creditor=invoice.creditor,
            source="bank",
            id=f"B-{invoice.creditor}",
            customer=invoice.customer,
            amount=invoice.amount,
            at=datetime.combine(invoice.due, time(12), UTC),
            invoices=(invoice.number,),
        )
        return await self.amicable.post_payment(given)

    async def start_what_is_open(self) -> None:
        """A round of the reconciler, which leaves alone what is younger than a minute."""
        with self.engine.begin() as link:
            link.execute(text("SET LOCAL session_replication_role = replica"))
            for table in ("case_file", "message"):
                older = "SET recorded_at = recorded_at - interval '1 hour'"
                link.execute(text(f"UPDATE {table} {older}"))
        await ReconcilerActivities(
            SqlCaseWatch(self.engine),
            self.ledger.desk,
            Runs(self.client),
            machine_clock,
            rounds=SqlRoundLog(self.engine),
            stuck=SqlStuckCases(self.engine),
        ).round()

    def release(self) -> tuple[str, ...]:
        """End the hold; answers which cases waited for that."""
        store, lists = SqlHoldStore(self.engine), SqlCaseLists(self.engine)
        clock = machine_clock
        return HoldService(store, lists, SqlDueCases(self.engine), clock).release("", "ann") or ()


async def installed(env: WorkflowEnvironment, url: str, home: Path) -> Installation:
    """Put an installation on a database; its Temporal is a namespace that nobody has used."""
    target = env.client.service_client.config.target_host
    name = f"drill-{os.getpid()}-{datetime.now(UTC):%H%M%S%f}"
    client = await Client.connect(target, namespace=name, data_converter=pydantic_data_converter)
    await bootstrap.prepare(client)
    return Installation(env, url, home, client)
