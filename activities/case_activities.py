"""The activities of the invoice workflow, under the names that the Temporal UI shows."""

from __future__ import annotations

import contextlib
import random
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import structlog
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.agencies.judging import judge_plan_b
from activities.cases.careful_hearing import AT_ONCE, take_in
from activities.cases.opening import REFUSED, open_from_outside, turned_away
from activities.cases.person_tasks import PersonTasks, nothing_to_park
from activities.ports.agencies.plan_b import PlanBChecks
from activities.ports.clock import Clock, activity_clock
from activities.ports.ports import Ledger
from activities.ports.types import BusyError
from activities.sending.agency import Deliverer
from activities.sending.holding_back import ComeBackLaterError
from activities.sending.protocol import Sender
from activities.watching.ports import FAILED_ATTEMPTS, NOBODY_WATCHES, StuckCases
from domain.decision.describing import details_with_link
from domain.intake.limits import writable
from domain.message_types import ActionType
from domain.names import HELD_UP, PLANNED_WAIT
from domain.policy.model import Policy
from domain.wire import Answer, CaseActivityInput, Decision

_PATIENCE_SECONDS = 5
BUSY_AGAIN = timedelta(seconds=2)

_Carrying = Callable[[CaseActivityInput, Clock], Decision]


class CaseActivities:
    """The deeds of a case: each hears, looks last, acts once, records it, and decides what is next.

    Each is safe to repeat. A deed that the rules no longer want does nothing and decides anew.

    Attributes:
        console: the console's address, to which a case's page in the Temporal UI leads; or empty.
        plan_b: judges the Plan B of agreements that workflows heard of; None where nobody can.
    """

    def __init__(
        self,
        ledger: Ledger,
        sender: Sender,
        deliverer: Deliverer,
        policy: Policy,
        stuck: StuckCases = NOBODY_WATCHES,
    ) -> None:
        self._ledger = ledger
        self._sender = sender
        self._deliverer = deliverer
        self._desk = PersonTasks(ledger)
        self._policy = policy
        self._stuck = stuck
        self.console = ""
        self.plan_b: PlanBChecks | None = None

    @property
    def all(self) -> list[Callable[..., object]]:
        """The activities to register with a worker."""
        names = [
            do.value
            for do in ActionType
            if do not in (ActionType.CLOSE, ActionType.REOPEN, ActionType.WAIT)
        ]
        return [getattr(self, name) for name in ("decide", "park", *names)]

    @activity.defn(name="decide", no_thread_cancel_exception=True)
    def decide(self, turn: CaseActivityInput) -> Decision:
        """Record what was heard and decide what comes next."""
        return self._patiently(turn, self._think)

    @activity.defn(name="park", no_thread_cancel_exception=True)
    def park(self, turn: CaseActivityInput) -> Decision:
        """Leave a cancelled case alone, and tell a person."""
        if not self._is_known(turn.case):
            return nothing_to_park(turn)
        return self._patiently(turn, self._park)

    @activity.defn(name=ActionType.REMIND.value, no_thread_cancel_exception=True)
    def remind(self, turn: CaseActivityInput) -> Decision:
        """Write to the debtor."""
        return self._patiently(turn, self._hearing(self._sender.send))

    @activity.defn(name=ActionType.CONFIRM.value, no_thread_cancel_exception=True)
    def confirm(self, turn: CaseActivityInput) -> Decision:
        """Ask whether the invoice arrived."""
        return self._patiently(turn, self._hearing(self._sender.send))

    @activity.defn(name=ActionType.ACKNOWLEDGE.value, no_thread_cancel_exception=True)
    def acknowledge(self, turn: CaseActivityInput) -> Decision:
        """Confirm an agreement to the debtor in writing."""
        return self._patiently(turn, self._hearing(self._sender.send))

    @activity.defn(name=ActionType.FEE.value, no_thread_cancel_exception=True)
    def fee(self, turn: CaseActivityInput) -> Decision:
        """Add a late fee, once."""
        return self._patiently(turn, self._hearing(self._desk.do))

    @activity.defn(name=ActionType.DEMAND_LETTER.value, no_thread_cancel_exception=True)
    def demand_letter(self, turn: CaseActivityInput) -> Decision:
        """Send a formal demand."""
        return self._patiently(turn, self._hearing(self._sender.send))

    @activity.defn(name=ActionType.CALL_TASK.value, no_thread_cancel_exception=True)
    def call_task(self, turn: CaseActivityInput) -> Decision:
        """Ask a collector to call."""
        return self._patiently(turn, self._hearing(self._desk.do))

    @activity.defn(name=ActionType.NOTIFY_SALES.value, no_thread_cancel_exception=True)
    def notify_sales(self, turn: CaseActivityInput) -> Decision:
        """Tell the sales representative."""
        return self._patiently(turn, self._hearing(self._desk.do))

    @activity.defn(name=ActionType.HOLD_CREDIT.value, no_thread_cancel_exception=True)
    def hold_credit(self, turn: CaseActivityInput) -> Decision:
        """Hold deliveries to the customer."""
        return self._patiently(turn, self._hearing(self._desk.do))

    @activity.defn(name=ActionType.RELEASE_CREDIT.value, no_thread_cancel_exception=True)
    def release_credit(self, turn: CaseActivityInput) -> Decision:
        """Lift the hold on deliveries."""
        return self._patiently(turn, self._hearing(self._desk.do))

    @activity.defn(name=ActionType.ASK_PERSON.value, no_thread_cancel_exception=True)
    def ask_person(self, turn: CaseActivityInput) -> Decision:
        """Put a question on the desk."""
        return self._patiently(turn, self._hearing(self._desk.do))

    @activity.defn(name=ActionType.LAWYER_LETTER.value, no_thread_cancel_exception=True)
    def lawyer_letter(self, turn: CaseActivityInput) -> Decision:
        """Have a lawyer write a demand letter."""
        return self._patiently(turn, self._hearing(self._deliverer.deliver))

    @activity.defn(name=ActionType.HAND_OFF.value, no_thread_cancel_exception=True)
    def hand_off(self, turn: CaseActivityInput) -> Decision:
        """Hand the case to the agency."""
        return self._patiently(turn, self._hearing(self._deliverer.deliver))

    @activity.defn(name=ActionType.INFORM_AGENCY.value, no_thread_cancel_exception=True)
    def inform_agency(self, turn: CaseActivityInput) -> Decision:
        """Tell the agency what changed."""
        return self._patiently(turn, self._hearing(self._deliverer.deliver))

    @activity.defn(name=ActionType.RECALL.value, no_thread_cancel_exception=True)
    def recall(self, turn: CaseActivityInput) -> Decision:
        """Call the case back from the agency."""
        return self._patiently(turn, self._hearing(self._deliverer.deliver))

    def _patiently(self, turn: CaseActivityInput, deed: _Carrying) -> Decision:
        """Do a deed, waiting a little for an account that another deed holds."""
        structlog.contextvars.bind_contextvars(case=turn.case, do=turn.do, step=turn.step)
        clock = activity_clock(turn.offset_seconds)
        until = time.monotonic() + _PATIENCE_SECONDS
        while True:
            try:
                return self._watched(turn, clock, deed)
            except ComeBackLaterError as later:
                raise ApplicationError(
                    str(later), type=PLANNED_WAIT, next_retry_delay=later.wait
                ) from later
            except BusyError as busy:
                if time.monotonic() > until:
                    raise ApplicationError(
                        str(busy), type=HELD_UP, next_retry_delay=BUSY_AGAIN
                    ) from busy
                time.sleep(random.uniform(0.01, 0.1))  # noqa: S311 - jitter, not a secret

    def _watched(self, turn: CaseActivityInput, clock: Clock, deed: _Carrying) -> Decision:
        """Do a deed; a case whose deed fails again and again is known to whoever looks after it."""
        attempt = activity.info().attempt
        try:
            decision = deed(turn, clock)
        except (ComeBackLaterError, BusyError):
            raise
        except Exception as error:
            if attempt >= FAILED_ATTEMPTS:
                with contextlib.suppress(Exception):  # the deed's own failure is what counts
                    self._stuck.failed(turn.case, attempt, type(error).__name__)
            raise
        if attempt > FAILED_ATTEMPTS:
            self._stuck.went_on(turn.case)
        details = details_with_link(decision.details, turn.case, self.console)
        return replace(decision, details=details)

    def _hearing(self, deed: _Carrying) -> _Carrying:
        """A deed that takes in what was heard by itself; before it, where that is much or hard."""

        def carefully(turn: CaseActivityInput, clock: Clock) -> Decision:
            hard, answers = activity.info().attempt >= FAILED_ATTEMPTS, dict[str, Answer]()
            if self.plan_b:
                turn, answers = judge_plan_b(self._ledger, self.plan_b, turn, clock)
            if hard or len(turn.heard) > AT_ONCE:
                answers |= take_in(self._ledger, turn, clock, one_may_fail=hard)
                turn = replace(turn, heard=())
            decision = deed(turn, clock)
            return replace(decision, answers=answers | decision.answers)

        return carefully

    def _think(self, turn: CaseActivityInput, clock: Clock) -> Decision:
        """A case that another system started is opened by its first look."""
        if turn.invoice is not None or not self._is_known(turn.case):
            given = turn.invoice or {}
            opened = open_from_outside(self._ledger, turn.case, given, self._policy, clock())
            if opened.outcome == REFUSED:
                return replace(opened, answers=turned_away(turn, opened.why))
        return self._hearing(self._desk.decide)(turn, clock)

    def _park(self, turn: CaseActivityInput, clock: Clock) -> Decision:
        """A cancelled case is parked in any case, also one whose facts cannot be folded."""
        try:
            return self._hearing(self._desk.park)(turn, clock)
        except (BusyError, ApplicationError):
            raise
        except Exception as error:
            if activity.info().attempt < FAILED_ATTEMPTS or self._ledger.is_out_of_reach(error):
                raise
            return self._desk.park_as_it_is(turn, clock, type(error).__name__)

    def _is_known(self, case_id: str) -> bool:
        """Whether there is such a case; the ledger cannot even be asked for some ids."""
        return writable(case_id) == case_id and self._ledger.customer_of(case_id) is not None
