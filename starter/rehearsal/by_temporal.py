"""The rehearsal on real workflows, activities and ledger, under a clock that skips."""

# One thing: a rehearsal on the real servers from its start to its last line.

from __future__ import annotations

import asyncio
import contextlib
import heapq
import itertools
import math
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from temporalio.service import RPCError
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker

from activities.case_activities import CaseActivities
from activities.cases.hearing import enter
from activities.cases.opening import open_case
from activities.cases.session import Session
from activities.ports.stores.cases import NextStep
from activities.sending.agency import Deliverer
from activities.sending.protocol import Sender
from adapters.temporal.runs import Runs
from adapters.temporal.workers import workflow_runner
from domain.case.model import Message
from domain.decision.deeds import stage_of
from domain.interest.added_rates import AddedRate
from domain.parties.people import CHANNELS, Creditor
from domain.policy.model import Policy
from domain.simulation.world import DEED, EVENT, OPENING
from starter.application import unchecked
from starter.rehearsal.by_rules import Beat
from starter.rehearsal.script import REHEARSAL_CREDITOR, ScriptLine, ScriptPart, lines, script_order
from starter.rehearsal.server import passing_ledger, passing_temporal
from starter.rehearsal.stand_ins import NoWords, SilentAgency, SilentChannel
from workflows.invoice import InvoiceWorkflow

_TASK_QUEUE = "rehearsal"
_SOURCE = "events"
_PATIENCE_SECONDS = 60
NUDGE_SECONDS = 0.5
_SLACK = timedelta(seconds=30)
"""A skip goes a little past its mark: one that ends in the very instant of a timer may run on to
the next, and deeds of one instant follow each other by their shortest timers."""

LOOK_EVERY_SECONDS = 0.004


class RehearsalStuckError(RuntimeError):
    """A case did not do what it had decided; the text names it."""


class RealWorld:
    """Moves real cases one deed at a time, each workflow by its own clock."""

    def __init__(
        self,
        env: WorkflowEnvironment,
        url: str,
        policy: Policy,
        rates: tuple[AddedRate, ...] = (),
    ) -> None:
        self._env = env
        self._application = unchecked(url)
        self._ledger = self._application.ledger
        self._policy = policy
        self._offsets: dict[str, timedelta] = {}
        self._seen: dict[str, int] = {}
        self._planned_at: dict[str, datetime | None] = {}
        self._homes: dict[str, list[ScriptPart]] = defaultdict(list)
        self._count = itertools.count()
        self._queue: list[tuple[datetime, int, str, int, int, object, int]] = []
        self._application.creditors.put(Creditor(id=REHEARSAL_CREDITOR, name="Rehearsal"))
        self._application.rates.adopt(rates)

    def close(self) -> None:
        """Give the ledger's connections back."""
        self._application.engine.dispose()

    def worker(self) -> Worker:
        """Make the worker: the real deeds, with stand-ins for providers and agency."""
        channels = {name: SilentChannel(name) for name in CHANNELS}
        sender = Sender(self._ledger, channels, NoWords())
        deeds = CaseActivities(
            self._ledger, sender, Deliverer(self._ledger, SilentAgency()), self._policy
        )
        return Worker(
            self._env.client,
            task_queue=_TASK_QUEUE,
            workflows=[InvoiceWorkflow],
            activities=deeds.all,
            activity_executor=ThreadPoolExecutor(4, thread_name_prefix="deed"),
            max_concurrent_activities=4,
            workflow_runner=workflow_runner(),
        )

    async def run(self, script: Iterable[ScriptPart], beat: Beat) -> list[ScriptLine]:
        """Run to the end; answers every deed and how each case stands."""
        known = {part.number: part for part in script}
        for part in known.values():
            self._homes[part.debtor.id].append(part)
            self._push(part.invoice.opened_at, OPENING, part.number, None)
            for message in part.events:
                self._push(part.heard_at(message), EVENT, part.number, message)
        for number in itertools.count(1):
            if not self._queue:
                break
            await self._step(known)
            beat(number)
        return script_order(line for part in known.values() for line in self._lines(part))

    def _push(self, at: datetime, phase: int, number: str, what: object, order: int = 0) -> None:
        entry = (at, phase, number, order, next(self._count), what, self._seen.get(number, 0))
        heapq.heappush(self._queue, entry)

    async def _step(self, known: dict[str, ScriptPart]) -> None:
        at, phase, number, _, _, what, seen = heapq.heappop(self._queue)
        part = known[number]
        if phase == OPENING:
            await self._open(part)
        elif isinstance(what, Message):
            await self._tell(part, what)
        elif seen == self._seen[number]:
            await self._skip_to(part, at)
            await self._until_decided(part)
        else:
            return
        self._plan(part)
        for other in itertools.chain(self._joined(part), self._told(part)):
            await self._catch_up(other, at)
            self._plan(other)

    def _told(self, part: ScriptPart) -> Iterator[ScriptPart]:
        """The customer's cases that heard of this one, each time one is: in life they are woken."""
        while True:
            newest = self._application.cases.next_steps(REHEARSAL_CREDITOR, part.debtor.id)
            known = (one for one in self._homes[part.debtor.id] if one.number in self._seen)
            told = next((one for one in known if newest[one.invoice.case_id].has_news), None)
            if told is None:
                return
            yield told

    def _joined(self, part: ScriptPart) -> list[ScriptPart]:
        """The customer's other cases that just went out with this one's message."""
        newest = self._application.cases.next_steps(REHEARSAL_CREDITOR, part.debtor.id)
        homes = self._homes[part.debtor.id]
        return [
            other
            for other in homes
            if other is not part
            and other.number in self._seen
            and newest[other.invoice.case_id].number > self._seen[other.number]
        ]

    async def _catch_up(self, part: ScriptPart, at: datetime) -> None:
        """What a case had planned is done: it looks anew, by its own timer or because it is told.

        In real life nobody tells it: it finds out when its old timer fires.
        """
        before, known = self._planned_at[part.number], self._seen[part.number]
        # Its own timer may have fired meanwhile: what another's message decided is one decision.
        self._seen[part.number] = min(self._row(part).number, known + 1)
        await self._skip_to(part, at)
        if before is None or before > at:
            with self._ledger.account_of(part.invoice.case_id) as account:
                case = Session(account, part.invoice.case_id, at).case
            await self._runs(part, at).wake(case, stage_of(case, part.calendar, at).value)
        await self._until_decided(part)

    async def _open(self, part: ScriptPart) -> None:
        at, case_id = part.invoice.opened_at, part.invoice.case_id
        self._application.customers.put(REHEARSAL_CREDITOR, part.debtor)
        decision = open_case(self._ledger, part.invoice, at, self._policy).decision
        self._seen[part.number] = decision.number
        with self._ledger.account_of(case_id) as account:
            case = Session(account, case_id, at).case
        await self._runs(part, at).start(case, decision, at)

    async def _tell(self, part: ScriptPart, message: Message) -> None:
        """Ledger first, then wake: as a billing system or a collector does it."""
        at, case_id = part.heard_at(message), part.invoice.case_id
        with self._ledger.account_of(case_id) as account:
            session = Session(account, case_id, at)
            enter(session, message, _SOURCE)
            session.keep()
            case, over = session.case, session.case.closed and session.case.outcome
            stage = stage_of(case, part.calendar, at).value
        if over:
            return
        if await self._is_running(part):
            await self._skip_to(part, at)
        await self._runs(part, at).wake(case, stage)
        await self._until_decided(part)

    def _runs(self, part: ScriptPart, at: datetime) -> Runs:
        """A run that starts now lives at an instant of the past: the difference is its offset."""
        seconds = math.ceil((at - datetime.now(UTC)).total_seconds())
        self._offsets.setdefault(part.number, timedelta(seconds=seconds))
        offset = timedelta(seconds=seconds)
        return Runs(self._env.client, _TASK_QUEUE, offset)

    async def _is_running(self, part: ScriptPart) -> bool:
        handle = self._env.client.get_workflow_handle(part.invoice.case_id)
        description = await handle.describe()
        running = description.close_time is None
        if not running:
            self._offsets.pop(part.number, None)
        return running

    async def _skip_to(self, part: ScriptPart, at: datetime) -> None:
        handle = self._env.client.get_workflow_handle(part.invoice.case_id)
        now = await self._env.get_current_time(handle) + self._offsets[part.number]
        await self._skip(part, max(at - now, timedelta()) + _SLACK)

    async def _skip(self, part: ScriptPart, wait: timedelta) -> None:
        handle = self._env.client.get_workflow_handle(part.invoice.case_id)
        with contextlib.suppress(RPCError):  # it may just have done its last deed by itself
            await self._env.fast_forward(handle, wait)

    async def _until_decided(self, part: ScriptPart) -> None:
        """Wait until the ledger holds a newer decision than the one that was acted on."""
        until, nudge = time.monotonic() + _PATIENCE_SECONDS, NUDGE_SECONDS
        at_last = time.monotonic() + nudge
        while self._row(part).number <= self._seen[part.number]:
            if time.monotonic() > until:
                raise RehearsalStuckError(f"{part.number} did nothing for {_PATIENCE_SECONDS} s")
            if time.monotonic() > at_last:
                # A deed that is due at once still waits for its shortest timer: skip that too.
                await self._skip(part, _SLACK)
                nudge *= 2
                at_last = time.monotonic() + nudge
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    def _plan(self, part: ScriptPart) -> None:
        known = self._row(part)
        self._seen[part.number], self._planned_at[part.number] = known.number, known.at
        if known.at is not None and known.at < part.ends_at:
            step = self._policy.step(known.step)
            self._push(known.at, DEED, part.number, None, step.order if step else 10**6)

    def _row(self, part: ScriptPart) -> NextStep:
        newest = self._application.cases.next_steps(REHEARSAL_CREDITOR, part.debtor.id)
        return newest[part.invoice.case_id]

    def _lines(self, part: ScriptPart) -> list[ScriptLine]:
        case_id = part.invoice.case_id
        if self._application.cases.row(case_id) is None:
            return []
        with self._ledger.account_of(case_id) as account:
            case = Session(account, case_id, part.ends_at).case
        return lines(part, case, case.deeds)


def rehearse_by_temporal(
    script: Iterable[ScriptPart],
    policy: Policy,
    beat: Beat = lambda _: None,
    rates: tuple[AddedRate, ...] = (),
) -> list[ScriptLine]:
    """Rehearse a policy by real workflows, activities and a real ledger."""
    return asyncio.run(_rehearse(list(script), policy, beat, rates))


async def _rehearse(
    script: list[ScriptPart], policy: Policy, beat: Beat, rates: tuple[AddedRate, ...]
) -> list[ScriptLine]:
    with passing_ledger() as url:
        async with passing_temporal() as env:
            world = RealWorld(env, url, policy, rates)
            try:
                async with world.worker():
                    return await world.run(script, beat)
            finally:
                world.close()
