"""Puts the real parts together over the simulated ones, as the worker and the gateway do."""

# One thing: what is real here, what is not, and what the real parts are given.

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from math import inf
from typing import Any, cast
from unittest.mock import patch
from uuid import UUID

from temporalio.api.common.v1 import Payload
from temporalio.service import RPCError, RPCStatusCode

from activities import case_activities
from activities.case_activities import CaseActivities
from activities.case_service import CaseService
from activities.cases import careful_hearing
from activities.inbound.rounds import InboundRounds
from activities.payments.payment_activities import PaymentActivities
from activities.ports import clock as activity_clocks
from activities.ports.letter_data import Letter, LetterData
from activities.reconcile import ReconcilerActivities
from activities.sending.agency import Deliverer
from activities.sending.protocol import Sender
from activities.services.customers.flags import FlagService
from activities.services.holds import HoldService
from activities.services.marks.left_marks import LeftMarkWatch
from activities.services.tasks import TaskService
from activities.watching.ports import Trouble
from adapters.ledger.account import outbound_repository
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.core import engine as ledger_engine
from adapters.ledger.inbound.inbox import SqlInbox
from adapters.ledger.outbound import bundles
from adapters.ledger.queries.breakers import SqlBreakers
from adapters.ledger.queries.case_watch import SqlCaseWatch
from adapters.ledger.queries.rounds import SqlRoundLog
from adapters.ledger.queries.stuck import SqlStuckCases
from adapters.ledger.stores.cases import SqlCaseLists, SqlDueCases
from adapters.ledger.stores.customers import SqlCustomerStore
from adapters.ledger.stores.holds import SqlHoldStore
from adapters.ledger.stores.tasks import SqlTaskStore
from adapters.letters.text import sandbox
from adapters.letters.writer import LetterWriter
from adapters.temporal.runs import Runs
from domain.case.model import Case
from domain.policy.policy_file import standard_policy
from domain.wire import Answer, Decision, InvoiceInput
from starter.client.client import AsyncAmicable
from tests.simulation.ledger import SimulatedLedger, step
from tests.simulation.processes import here
from tests.simulation.providers import SimulatedAgency, SimulatedChannel
from tests.simulation.stage import Stage
from tests.simulation.temporal import SimulatedTemporal, decoded
from tests.simulation.workers import Workers

_MARKED = ("after_T1", "agency_marked")
"""Points between the mark of a message and the last look at whether it may leave."""

ANSWER_WITHIN = 25
"""Seconds until a sender of an update gives up."""


class SimulatedRuns:
    """The workflows of cases as clients and the reconciler see them; Temporal may be away."""

    def __init__(self, stage: Stage, temporal: SimulatedTemporal) -> None:
        self._stage, self._temporal = stage, temporal
        self.workers: Workers | None = None

    async def start(self, case: Case, decision: Decision, now: datetime) -> None:
        """Start a case's run; it sleeps until its first deed is due."""
        self._reach()
        wait = max(decision.at - now if decision.at else timedelta(), timedelta())
        self._temporal.start(case.invoice.case_id, InvoiceInput(next=decision), wait)

    async def wake(self, case: Case, stage: str) -> None:
        """Tell a case's run that the ledger has news."""
        self._reach()
        run = self._temporal.start(case.invoice.case_id, InvoiceInput(), timedelta())
        self._temporal.signal(run, "nudge", None)

    async def ask(self, case: Case, stage: str, kind: str, body: Mapping[str, Any]) -> Answer:
        """Say something to a case and wait for the ledger's answer."""
        self._reach()
        run = self._temporal.start(case.invoice.case_id, InvoiceInput(), timedelta())
        ident, work = str(body["id"]), here()
        self._temporal.update(run, kind, ident, body)
        for _ in range(ANSWER_WITHIN):
            if ident in run.answers or work is None:
                break
            work.pause(timedelta(seconds=1))
        found = run.answers.get(ident)
        answer: Answer = decoded([cast(Payload, found)], Answer) if found else Answer()
        return answer

    async def is_running(self, case_id: str) -> bool:
        """Tell whether a case's newest run is running."""
        self._reach()
        return self._status(case_id) == "running"

    async def was_cancelled(self, case_id: str) -> bool:
        """Tell whether somebody cancelled it."""
        self._reach()
        return self._status(case_id) == "canceled"

    async def trouble(self, workflow_id: str) -> Trouble:
        """What keeps it from going on."""
        return self.workers.trouble(workflow_id) if self.workers else Trouble()

    async def reported(self) -> set[str]:
        """No server reports anything."""
        return set()

    def _status(self, case_id: str) -> str:
        run = self._temporal.runs.get(case_id)
        return run.status if run else ""

    def _reach(self) -> None:
        """One step: whoever asks may die here, or find that nobody answers."""
        if work := here():
            step(work, "Temporal is called")
        if self._stage.chance(60):
            raise RPCError("Temporal is away", RPCStatusCode.UNAVAILABLE, b"")


class NoMailbox:
    """A mailbox that is always empty: answers come in through the gateway."""

    def round(self) -> int:
        """Find nothing."""
        return 0


class NotedLetters:
    """Real letters, of which the newest is kept for whoever checks it."""

    def __init__(self) -> None:
        self.newest: tuple[LetterData, Letter] | None = None
        self._writer = LetterWriter()

    def write(self, data: LetterData) -> Letter:
        """Write it."""
        letter = self._writer.write(data)
        self.newest = (data, letter)
        return letter


class Office:
    """All real parts over one ledger; the worker's are made anew whenever one dies."""

    def __init__(self, stage: Stage, ledger: SimulatedLedger) -> None:
        self.stage, self.ledger = stage, ledger
        self.engine, clock = ledger.engine, stage.clock
        self.channels = {name: SimulatedChannel(stage, name) for name in ("email", "sms")}
        self.agency, self.letters = SimulatedAgency(stage), NotedLetters()
        self.temporal = SimulatedTemporal(stage)
        self.runs = SimulatedRuns(stage, self.temporal)
        self.desk = CaseService(SqlLedger(self.engine), clock)
        self.client = AsyncAmicable(self.desk, cast(Runs, self.runs))
        self.tasks = TaskService(SqlTaskStore(self.engine), clock)
        self.flags = FlagService(SqlLedger(self.engine), SqlCustomerStore(self.engine), clock)
        lists, due = SqlCaseLists(self.engine), SqlDueCases(self.engine)
        self.holds = HoldService(SqlHoldStore(self.engine), lists, due, clock)
        self.workers = Workers(stage, self.temporal, lambda: WorkerParts(self))
        self.runs.workers = self.workers

    @property
    def case_activities(self) -> CaseActivities:
        """The activities of cases, as a fresh process has them."""
        sender, deliverer = self._senders
        stuck = SqlStuckCases(self.engine)
        return CaseActivities(SqlLedger(self.engine), sender, deliverer, standard_policy(), stuck)

    @property
    def _senders(self) -> tuple[Sender, Deliverer]:
        ledger, breakers = SqlLedger(self.engine), SqlBreakers(self.engine)
        sender = Sender(ledger, self.channels, self.letters, _point, breakers=breakers)
        return sender, Deliverer(ledger, self.agency, _point)

    @property
    def reconciler(self) -> ReconcilerActivities:
        """The reconciler with its inbound rounds, as a fresh process has them."""
        engine, clock = self.engine, self.stage.clock
        watch = SqlCaseWatch(engine)
        return ReconcilerActivities(
            watch,
            self.desk,
            self.runs,
            clock,
            rounds=SqlRoundLog(engine),
            stuck=SqlStuckCases(engine),
            incoming=self.inbound,
            marks=LeftMarkWatch(watch, SqlLedger(engine), *self._senders, clock),
        )

    @property
    def inbound(self) -> InboundRounds:
        """What applies answers and reports."""
        inbox = SqlInbox(self.engine)
        ledger = SqlLedger(self.engine)
        return InboundRounds(ledger, inbox, NoMailbox(), self.stage.clock, points=_point)


class WorkerParts:
    """What one worker process runs."""

    def __init__(self, office: Office) -> None:
        payments = PaymentActivities(SqlLedger(office.engine), office.reconciler.wake)
        self.payments = payments
        self.activities: list[Callable[..., Any]] = [*office.case_activities.all, *payments.all]


def _point(name: str) -> None:
    """A named point of the protocols is a step like every other."""
    if work := here():
        step(work, name)
        if name in _MARKED:
            work.marked()


class _SimulatedTime:
    """Stands where activities know a module ``time``."""

    CLOCK_BOOTTIME = CLOCK_MONOTONIC = 7

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def clock_gettime(self, _: int) -> float:
        """Answer the made-up time."""
        return self._stage.seconds()

    def monotonic(self) -> float:
        """Answer the made-up time."""
        return self._stage.seconds()

    def sleep(self, seconds: float) -> None:
        """Let others go on for a while."""
        if work := here():
            work.pause(timedelta(seconds=seconds))


@contextmanager
def made_up_time_and_ids(stage: Stage) -> Iterator[None]:
    """Let clocks, jitter and ids come from the stage, so that a run repeats."""

    def ident() -> UUID:
        return UUID(int=stage.dice.getrandbits(128), version=4)

    fake = _SimulatedTime(stage)
    with ExitStack() as stack:
        for module, name, value in (
            (activity_clocks, "time", fake),
            (case_activities, "time", fake),
            (careful_hearing, "time", fake),
            (sandbox, "time", fake),
            (ledger_engine, "_RESTED", inf),  # who loses a connection here is told so, and no ping
            (case_activities, "random", stage.dice),
            (outbound_repository, "uuid4", ident),
            (bundles, "uuid4", ident),
        ):
            stack.enter_context(patch.object(module, name, value))
        yield
