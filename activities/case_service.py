"""The ledger's half of every call: recorded, folded and answered before anybody is woken."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from activities.cases.hearing import hear
from activities.cases.opening import open_case
from activities.cases.session import Session
from activities.payments.allocating import Moved, carry_out_allocation
from activities.payments.payment_activities import told
from activities.payments.posting import post
from activities.ports.clock import Clock
from activities.ports.filing import keep
from activities.ports.money_types import Placing
from activities.ports.ports import Ledger
from domain.case.model import Case, Invoice, Message
from domain.contact.elsewhere import last_said_elsewhere
from domain.contact.missing import why_unreachable
from domain.credit.model import Delivery, DeliveryOrder, may_deliver
from domain.decision.deeds import stage_of
from domain.errors import DomainError
from domain.evidence.model import Evidence, Filed
from domain.intake.known_words import refuse_unknown_step
from domain.message_types import MessageType
from domain.payments.allocation import PaymentIn
from domain.policy.model import Policy
from domain.policy.policy_file import standard_policy
from domain.wire import Answer, Decision, PostedPayment, ReceivedMessage


class NoSuchCaseError(LookupError):
    """The ledger has no case of that id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToWake:
    """A case whose workflow should hear that the ledger has news."""

    case: Case
    stage: str
    is_over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LastStep:
    """The step of the policy that others had said last, and the day of it."""

    step: str
    day: date
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedCase:
    """A case as it was opened, or found open.

    Attributes:
        decision: what comes first.
        new: False if it was open already.
        unreachable: why no message can reach the customer; empty if one can.
    """

    case: Case
    decision: Decision
    new: bool
    at: datetime
    unreachable: str = ""


class CaseService:
    """Takes in what clients say: ledger first."""

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self._ledger = ledger
        self._clock = clock

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
        chosen = policy or self._ledger.policy_for(invoice.creditor, invoice.customer)
        before = _before(invoice, chosen or standard_policy(), last_step) if last_step else ()
        known = self._ledger.customer_of(invoice.case_id)
        now = self._clock()
        decision = open_case(self._ledger, invoice, chosen or standard_policy(), now, before)
        with self._ledger.account(invoice.creditor, invoice.customer) as book:
            session = Session(book, invoice.case_id, now)
        return OpenedCase(
            case=session.case,
            decision=decision,
            new=known is None,
            at=now,
            unreachable=why_unreachable(session.file.debtor, session.file.policy),
        )

    def say(self, case_id: str, kind: MessageType, body: dict[str, Any]) -> tuple[Answer, ToWake]:
        """Record one message and answer it."""
        key = str(body.get("id") or uuid.uuid4())
        heard = ReceivedMessage(
            kind=kind.value, body=json.dumps(body), key=key, keyed=bool(body.get("id"))
        )
        creditor, customer = self._account(case_id)
        with self._ledger.account(creditor, customer) as book:
            session = Session(book, case_id, self._clock())
            answers = hear(session, (heard,))
            session.keep()
            return answers[key], _to_wake(session)

    def post(self, payment: PaymentIn) -> tuple[PostedPayment, tuple[ToWake, ...]]:
        """Post a payment, and name the cases that must hear of it."""
        posted = post(self._ledger, payment, self._clock())
        return told(posted), tuple(self.look(part.case) for part in posted.parts)

    def file_evidence(self, case_id: str, given: Filed) -> Evidence:
        """Keep a file with a case, or with one of its disputes; nobody needs to be woken."""
        creditor, customer = self._account(case_id)
        with self._ledger.account(creditor, customer) as book:
            return keep(book, Session(book, case_id, self._clock()).case, given)

    def place(self, order: Placing) -> tuple[Moved, tuple[ToWake, ...]]:
        """Allocate money that lies on an account, or give it back; name who must hear of it."""
        moved = carry_out_allocation(self._ledger, order, self._clock())
        own = (order.case,) if order.case else ()
        cases = dict.fromkeys((*own, *(part.case for part in moved.parts), *moved.free))
        return moved, tuple(self.look(case) for case in cases)

    def look(self, case_id: str) -> ToWake:
        """A case as it stands."""
        creditor, customer = self._account(case_id)
        with self._ledger.account(creditor, customer) as book:
            return _to_wake(Session(book, case_id, self._clock()))

    def may_deliver(self, creditor: str, customer: str, order: str = "normal") -> Delivery:
        """Whether an order may be delivered, asked without any lock (P54, P60).

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
        with self._ledger.account(creditor, customer) as book:
            session = Session(book, case_id, self._clock())
            book.save(session.case, None, parked=False)
            return replace(_to_wake(session), is_over=_has_ended(session.case))

    def _account(self, case_id: str) -> tuple[str, str]:
        customer = self._ledger.customer_of(case_id)
        if customer is None:
            raise NoSuchCaseError(
                f"there is no case {case_id}; `amicable invoice list` shows what there is"
            )
        return case_id.split("/")[1], customer


def _before(invoice: Invoice, policy: Policy, last: LastStep) -> tuple[Message, ...]:
    """The last reminder elsewhere, if it can be."""
    refuse_unknown_step(last.step, policy)
    if not invoice.issued <= last.day <= invoice.opened_at.date():
        message = f"last_step_on {last.day} lies before the invoice date, or in the future"
        raise DomainError(message, field="last_step_on")
    return (last_said_elsewhere(invoice, last.step, last.day, last.by),)


def _to_wake(session: Session) -> ToWake:
    case = session.case
    stage = stage_of(case, session.calendar, session.now).value
    return ToWake(case=case, stage=stage, is_over=_has_ended(case) or session.file.parked)


def _has_ended(case: Case) -> bool:
    return case.closed and case.outcome is not None
