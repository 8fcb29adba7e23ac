"""The case service: records, folds and answers what clients say, before a workflow is woken."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from typing import Any

from activities.cases.filing import keep
from activities.cases.hearing import approve, hear
from activities.cases.opening import LastStep, OpenedCase, open_case
from activities.cases.session import Session
from activities.cases.waking import ToWake, nothing_follows, to_wake
from activities.payments.allocating import Moved, carry_out_allocation
from activities.payments.payment_activities import told
from activities.payments.posting import post
from activities.ports.agencies.plan_b import PlanBChecks
from activities.ports.clock import Clock
from activities.ports.money_types import Placing
from activities.ports.ports import Ledger
from activities.ports.stores.errors import NotKnownError, Sought
from domain.case.chosen_plan_b import PLAN_B_FIELD
from domain.case.model import Invoice
from domain.credit.model import Delivery, DeliveryOrder, may_deliver
from domain.errors import DomainError, RefusedError
from domain.evidence.model import Evidence, Filed
from domain.ids import CaseId
from domain.message_types import MessageType
from domain.payments.allocation import PaymentIn
from domain.policy.model import Policy
from domain.wire import Answer, PostedPayment, ReceivedMessage


class NoSuchCaseError(NotKnownError):
    """The ledger has no case of that id."""

    def __init__(self, message: str) -> None:
        super().__init__(Sought.CASE, message)


class CaseService:
    """Takes in what clients say to cases, ledger first."""

    def __init__(self, ledger: Ledger, clock: Clock, plan_b: PlanBChecks | None = None) -> None:
        self._ledger = ledger
        self._clock = clock
        self._plan_b = plan_b

    def open(
        self, invoice: Invoice, policy: Policy | None = None, last_step: LastStep | None = None
    ) -> OpenedCase:
        """Open a case, or find it open; its first decision is made at once.

        Without a policy it follows the one chosen for the customer, else for the creditor, else
        the standard one. ``last_step`` is what others had said last before it came here.

        Raises:
            ConflictError: if the number was opened before with other content.
            DomainError: if the policy has no such step, or its day is impossible.
        """
        return open_case(self._ledger, invoice, self._clock(), policy, last_step=last_step)

    def say(self, case_id: str, kind: MessageType, body: dict[str, Any]) -> tuple[Answer, ToWake]:
        """Record one message and answer it; a Plan B that nobody could carry out is refused."""
        try:
            self._check_plan_b(case_id, body)
        except RefusedError as reason:
            answer = Answer(
                accepted=False, text=str(reason), code=reason.code, field=reason.field or ""
            )
            return answer, self.look(case_id)
        key = str(body.get("id") or uuid.uuid4())
        heard = ReceivedMessage(
            kind=kind.value, body=json.dumps(body), key=key, keyed=bool(body.get("id"))
        )
        creditor, customer = self._account(case_id)
        with self._ledger.account(creditor, customer) as account:
            session = Session(account, case_id, self._clock())
            answers = hear(session, (heard,))
            session.keep()
            return answers[key], to_wake(session)

    def approve(self, case_id: str, ref: str, who: str) -> tuple[Answer, ToWake]:
        """Approve what waits for a supervisor; ``who`` is known from a key or a login."""
        creditor, customer = self._account(case_id)
        with self._ledger.account(creditor, customer) as account:
            session = Session(account, case_id, self._clock())
            answer = approve(session, ref, who)
            session.keep()
            return answer, to_wake(session)

    def take_up(self, case_id: str, body: dict[str, Any], *, parked: bool) -> tuple[Answer, ToWake]:
        """Go on after a pause; a parked case is looked after again, paused or not."""
        if parked:
            self.unpark(case_id)
        answer, woken = self.say(case_id, MessageType.RESUME, body)
        if parked and not answer.accepted:
            answer = Answer(accepted=True, text="taken up again")
        return answer, woken

    def post(self, payment: PaymentIn) -> tuple[PostedPayment, tuple[ToWake, ...]]:
        """Post a payment, and name the cases that must hear of it."""
        posted = post(self._ledger, payment, self._clock())
        return told(posted), posted.woken

    def file_evidence(self, case_id: str, given: Filed) -> Evidence:
        """Keep a file with a case, or with one of its disputes; nobody needs to be woken."""
        creditor, customer = self._account(case_id)
        with self._ledger.account(creditor, customer) as account:
            return keep(account.evidence, Session(account, case_id, self._clock()).case, given)

    def place(self, order: Placing) -> tuple[Moved, tuple[ToWake, ...]]:
        """Allocate money that lies on an account, or give it back; name who must hear of it."""
        moved = carry_out_allocation(self._ledger, order, self._clock())
        return moved, moved.woken

    def look(self, case_id: str) -> ToWake:
        """Look at a case as it stands."""
        creditor, customer = self._account(case_id)
        with self._ledger.account(creditor, customer) as account:
            return to_wake(Session(account, case_id, self._clock()))

    def may_deliver(self, creditor: str, customer: str, order: str = "normal") -> Delivery:
        """Tell whether an order may be delivered, asked without any lock (P54, P60).

        Raises:
            DomainError: if there is no such kind of order.
        """
        if order not in list(DeliveryOrder):
            known = ", ".join(DeliveryOrder)
            raise DomainError(f"{order!r} is no kind of order; write {known}", field="order")
        credit, rules = self._ledger.credit_of(creditor, customer)
        return may_deliver(credit, DeliveryOrder(order), rules)

    def unpark(self, case_id: str) -> ToWake:
        """Take a parked case up again."""
        creditor, customer = self._account(case_id)
        with self._ledger.account(creditor, customer) as account:
            session = Session(account, case_id, self._clock())
            account.cases.save(session.case, None, parked=False)
            return replace(to_wake(session), is_over=nothing_follows(session))

    def _check_plan_b(self, case_id: str, body: dict[str, Any]) -> None:
        if self._plan_b and body.get(PLAN_B_FIELD):
            self._plan_b.check(case_id, str(body[PLAN_B_FIELD]), str(body.get("id") or ""))

    def _account(self, case_id: str) -> tuple[str, str]:
        customer = self._ledger.customer_of(case_id)
        if customer is None:
            raise NoSuchCaseError(f"there is no case {case_id}")
        return CaseId.parse(case_id).creditor, customer
