"""One round of the reconciler over a ledger: `python -m tests.bench.setup.rounds URL`.

Temporal answers at once that each workflow runs; how fast it may be asked is the round's own limit.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from datetime import timedelta

from activities.case_service import CaseService
from activities.reconcile import ReconcilerActivities
from activities.watching.missing import MISSING_RUNS
from activities.watching.ports import Trouble
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.core.engine import make_engine
from adapters.ledger.queries.case_watch import SqlCaseWatch
from adapters.ledger.queries.rounds import SqlRoundLog
from adapters.ledger.queries.stuck import SqlStuckCases
from domain.case.model import Case
from tests.bench.setup.figures import peak_mib
from tests.bench.setup.grown import NOW

_BETWEEN = timedelta(minutes=5)
"""Rounds come every five minutes."""


class AllRun:
    """Every workflow runs, and none has any trouble."""

    asked = 0

    async def is_running(self, case_id: str) -> bool:
        """Count the question."""
        self.asked += 1
        return True

    async def was_cancelled(self, case_id: str) -> bool:
        """Nobody did."""
        return False

    async def wake(self, case: Case, stage: str) -> None:
        """Nobody needs it."""

    async def trouble(self, workflow_id: str) -> Trouble:
        """None."""
        return Trouble()

    async def reported(self) -> set[str]:
        """None."""
        return set()


def main(url: str) -> None:
    """Tell how long the second round took, how many workflows it asked about, and its memory."""
    engine, runs = make_engine(url, pool_size=4), AllRun()
    ledger, rounds = SqlLedger(engine), SqlRoundLog(engine)
    watch = ReconcilerActivities(
        SqlCaseWatch(engine),
        CaseService(ledger, lambda: NOW),
        runs,
        lambda: NOW,
        rounds=rounds,
        stuck=SqlStuckCases(engine),
    )
    rounds.keep_place(MISSING_RUNS, "", NOW - _BETWEEN)
    before, cpu = time.perf_counter(), time.process_time()
    mended = asyncio.run(watch.round())
    told = {
        "seconds": time.perf_counter() - before,
        "cpu": time.process_time() - cpu,
        "asked": runs.asked,
        "failed": mended.failed,
        "mib": peak_mib(),
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1])
