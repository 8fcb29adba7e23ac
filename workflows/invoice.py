"""One unpaid invoice as one durable workflow: it waits, asks and acts, and decides nothing."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy, SearchAttributeKey
from temporalio.exceptions import ActivityError, is_cancelled_exception

with workflow.unsafe.imports_passed_through():  # else the worker loads them anew for every case
    from domain.names import INVOICE_WORKFLOW
    from domain.wire import CaseActivityInput, Decision, InvoiceInput, ReceivedMessage
    from workflows.message_handlers import MessageHandlers, ReceivedMessages

ONE_TRY = timedelta(seconds=45)
ONE_DEED = timedelta(hours=1)
"""A deed that fails for an hour ends and the rules look again: nothing stale after an outage."""

SHORTEST_WAIT = timedelta(seconds=1)
"""The timer is always real, so the shape of history does not depend on the rules."""

SHORTEST_BACK_OFF = timedelta(minutes=1)
LONGEST_BACK_OFF = timedelta(hours=1)

_RETRIES = RetryPolicy(
    initial_interval=timedelta(seconds=1),
    backoff_coefficient=2.0,
    maximum_interval=timedelta(minutes=1),
)
_STAGE = SearchAttributeKey.for_keyword("Stage")


@workflow.defn(name=INVOICE_WORKFLOW)
class InvoiceWorkflow(MessageHandlers):
    """The life of one invoice, from its opening to its outcome."""

    @workflow.init
    def __init__(self, given: InvoiceInput) -> None:
        """Take over what the opener or the run before knew."""
        self._case = workflow.info().workflow_id
        self._invoice = given.invoice
        self._offset = timedelta(seconds=given.offset_seconds)
        self._next = given.next
        self._inbox = ReceivedMessages(given.heard, self._now)
        self._asked = False
        self._failures = 0
        self._stage = ""
        if given.next:  # a new run has no summary of its own: let its page begin where it stood
            workflow.set_current_details(given.next.details)

    @workflow.run
    async def run(self, given: InvoiceInput) -> str:
        """Wait, ask, act, until nothing is left to collect."""
        try:
            while not (outcome := await self._outcome()):
                await self._go_on()
        except (asyncio.CancelledError, ActivityError) as error:
            if is_cancelled_exception(error):
                await self._park()
            raise
        return outcome

    async def _go_on(self) -> None:
        if self._next is None or self._inbox.news:
            await self._ask("decide")
        elif self._ripe_for_a_new_run():
            self._go_on_in_a_new_run()
        elif not await self._news_before(self._next):
            await self._ask(self._next.do)

    async def _outcome(self) -> str | None:
        """How the case has ended, once everyone who said something was answered."""
        if self._next is None or self._inbox.news or not self._next.outcome:
            return None
        return self._next.outcome if await self._everyone_was_answered() else None

    async def _everyone_was_answered(self) -> bool:
        """Wait for handlers that still answer; False if somebody said something new meanwhile."""
        await workflow.wait_condition(lambda: self._inbox.news or workflow.all_handlers_finished())
        return not self._inbox.news

    def _ripe_for_a_new_run(self) -> bool:
        suggested = workflow.info().is_continue_as_new_suggested()
        return suggested and not self._inbox.news and workflow.all_handlers_finished()

    def _go_on_in_a_new_run(self) -> None:
        """Nothing is awaited between the check and this, so nothing heard can be lost."""
        offset = int(self._offset.total_seconds())
        workflow.continue_as_new(InvoiceInput(next=self._next, offset_seconds=offset))

    async def _news_before(self, decision: Decision) -> bool:
        """Sleep until the next deed is due; True if there is news (or a new run is due) before."""
        if decision.at is None:
            await workflow.wait_condition(self._stirred, timeout=None)
            return True
        if not self._asked and decision.at <= self._now():
            return False  # the start delay was the first wait
        try:
            await workflow.wait_condition(
                self._stirred,
                timeout=max(decision.at - self._now(), SHORTEST_WAIT),
                timeout_summary=f"{decision.do} {decision.step}: {decision.why}"[:200],
            )
        except TimeoutError:
            return False
        return True

    def _stirred(self) -> bool:
        return self._inbox.news or self._ripe_for_a_new_run()

    def _now(self) -> datetime:
        return workflow.now() + self._offset

    async def _ask(self, deed: str) -> None:
        """Do the deed, or just decide: the ledger hears, the world changes, we learn the next."""
        given = self._input(deed)
        self._asked, self._inbox.woken = True, False
        try:
            decision = await workflow.execute_activity(
                deed,
                given,
                result_type=Decision,
                start_to_close_timeout=ONE_TRY,
                schedule_to_close_timeout=ONE_DEED,
                retry_policy=_RETRIES,
                summary=f"{given.step or deed}: {self._why(given.heard)}"[:200],
            )
        except ActivityError as error:
            if is_cancelled_exception(error):
                raise
            await self._back_off()
            return
        self._learn(decision, len(given.heard))

    def _input(self, deed: str) -> CaseActivityInput:
        decision = self._next or Decision(do=deed)
        return CaseActivityInput(
            case=self._case,
            do=deed,
            step=decision.step if deed == decision.do else "",
            episode=decision.episode,
            at=decision.at,
            heard=self._inbox.next_few(),
            invoice=self._invoice,
            offset_seconds=int(self._offset.total_seconds()),
            run=workflow.info().run_id,
        )

    def _why(self, heard: tuple[ReceivedMessage, ...]) -> str:
        if heard:
            return "heard " + ", ".join(item.kind for item in heard)
        return self._next.why if self._next else "a fresh look"

    def _learn(self, decision: Decision, heard: int) -> None:
        self._next, self._failures, self._invoice = decision, 0, None
        self._inbox.answered(heard, decision.answers)
        workflow.set_current_details(decision.details)
        if decision.stage and decision.stage != self._stage:
            self._show_stage(decision.stage)

    def _show_stage(self, stage: str) -> None:
        shown = workflow.info().typed_search_attributes.get(_STAGE)
        self._stage = stage
        if shown != stage:
            workflow.upsert_search_attributes([_STAGE.value_set(stage)])

    async def _back_off(self) -> None:
        """A deed failed for good: think again with fresh facts, after a pause."""
        self._next, self._failures = None, self._failures + 1
        pause = min(SHORTEST_BACK_OFF * 2 ** min(self._failures - 1, 10), LONGEST_BACK_OFF)
        await workflow.sleep(pause, summary="a deed failed; think again after a pause")

    async def _park(self) -> None:
        """An operator cancelled the workflow: keep and answer what was heard, then leave it alone.

        It is tried until the ledger has it: a case that only half knows of it would be restarted.
        """
        while True:
            given = self._input("park")
            self._inbox.woken = False
            parked = await workflow.execute_activity(
                "park",
                given,
                result_type=Decision,
                start_to_close_timeout=ONE_TRY,
                retry_policy=_RETRIES,
                summary="cancelled: the case is parked",
            )
            self._inbox.answered(len(given.heard), parked.answers)
            if await self._everyone_was_answered():
                return

    @workflow.query
    def what_next(self) -> Decision | None:
        """The next deed and its instant."""
        return replace(self._next, details="", answers={}) if self._next else None

    @workflow.query
    def why(self) -> str:
        """Why the case does what it does next, in words."""
        return self._next.why if self._next else "a fresh look is about to be taken"
