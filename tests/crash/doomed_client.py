"""A client that is killed the moment the ledger has committed, before anybody is woken."""

import asyncio
import os
import signal
import sys
from datetime import datetime

from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter

from activities.case_service import CaseService
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.core.engine import make_engine
from adapters.runtime.machine import machine_clock
from adapters.temporal.runs import Runs
from domain.case.model import Case
from domain.wire import Decision
from starter.client.client import AsyncAmicable
from tests.crash import people


class DeadlyRuns(Runs):
    """Whoever would talk to Temporal dies instead."""

    async def start(self, case: Case, decision: Decision, now: datetime) -> None:
        """Die."""
        os.kill(os.getpid(), signal.SIGKILL)

    async def wake(self, case: Case, stage: str) -> None:
        """Die."""
        os.kill(os.getpid(), signal.SIGKILL)


async def main(act: str, number: str, address: str, database: str) -> None:
    """Open a case, or pay it, and die."""
    client = await Client.connect(address, data_converter=pydantic_data_converter)
    desk = CaseService(SqlLedger(make_engine(database)), machine_clock)
    amicable = AsyncAmicable(desk, DeadlyRuns(client))
    if act == "open":
        await amicable.open_case(people.invoice(number, "C-0"), people.policy(1))
    else:
        await amicable.post_payment(people.payment(number, "C-0", 11900, f"P-{number}"))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
