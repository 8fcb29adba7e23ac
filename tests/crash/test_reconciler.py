"""Facts that reached the ledger and nobody else: the reconciler carries them on."""

import asyncio
import signal
import sys
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from temporalio.client import WorkflowExecutionStatus
from temporalio.service import RPCError

from activities.case_service import CaseService
from activities.reconcile import ReconcilerActivities
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.queries.case_watch import SqlCaseWatch
from adapters.ledger.queries.rounds import SqlRoundLog
from adapters.ledger.queries.stuck import SqlStuckCases
from adapters.runtime.machine import machine_clock
from adapters.temporal.runs import Runs
from domain.wire import Mended
from tests.crash import people, scene
from tests.crash.factories import ROOT, CrashHarness

pytestmark = [pytest.mark.crash, pytest.mark.timeout(600)]

AT_ONCE = timedelta()


async def _reconcile(built: CrashHarness, ledger: Engine) -> Mended:
    desk = CaseService(SqlLedger(ledger), machine_clock)
    runs = Runs(await built.client())
    return await ReconcilerActivities(
        SqlCaseWatch(ledger),
        desk,
        runs,
        machine_clock,
        rounds=SqlRoundLog(ledger),
        stuck=SqlStuckCases(ledger),
        moment=AT_ONCE,
    ).round()


async def _restored(built: CrashHarness, ledger: Engine) -> int:
    """The list of running cases lags behind: a later round finds what this one does not see."""
    for _ in range(20):
        if (started := (await _reconcile(built, ledger)).started) > 0:
            return started
        await asyncio.sleep(0.2)
    return 0


async def _die(built: CrashHarness, act: str, number: str) -> int:
    command = [sys.executable, "-m", "tests.crash.doomed_client", act, number]
    command += [built.address, built.postgres.url()]
    client = await asyncio.create_subprocess_exec(*command, cwd=ROOT)
    return await client.wait()


async def test_a_payment_whose_client_died_after_the_commit_closes_its_case(
    workers: CrashHarness, ledger: Engine
) -> None:
    workers.start_workers(1)
    amicable = people.amicable(ledger, await workers.client())
    case = people.invoice("W-1", "C-0", days_late=-30)
    await amicable.open_case(case, people.policy(1))

    assert await _die(workers, "pay", "W-1") == -signal.SIGKILL
    mended = await _reconcile(workers, ledger)

    assert mended.woken == 1
    await scene.come_to_rest(workers)
    assert scene.found(workers) == []
    runs = Runs(await workers.client())
    assert await runs.status(case.case_id) is WorkflowExecutionStatus.COMPLETED


async def test_a_case_whose_opener_died_before_it_ran_is_chased_like_any_other(
    workers: CrashHarness, ledger: Engine
) -> None:
    workers.start_workers(1)
    before = len(scene.findings(workers).sent)

    assert await _die(workers, "open", "W-2") == -signal.SIGKILL
    mended = await _reconcile(workers, ledger)

    assert mended.started == 1
    await scene.come_to_rest(workers)
    assert scene.found(workers) == []
    assert len(scene.findings(workers).sent) == before + 1


async def test_a_case_whose_run_is_terminated_is_restored_and_nothing_is_sent_twice(
    workers: CrashHarness, ledger: Engine
) -> None:
    """An operator's mistake, five times, in the middle of whatever was being done."""
    workers.start_workers(1, linger=0.2)
    client = await workers.client()
    case = people.invoice("W-3", "C-0")
    await people.amicable(ledger, client).open_case(case, people.policy(6))
    restored = 0
    for _ in range(5):
        await asyncio.sleep(0.7)
        try:
            await client.get_workflow_handle(case.case_id).terminate("a mistake")
        except RPCError:
            continue  # at this moment there was nothing left to terminate
        restored += await _restored(workers, ledger)
    await scene.come_to_rest(workers)

    assert scene.found(workers) == []
    assert restored >= 3
    scene.tell(workers, restored=restored)
