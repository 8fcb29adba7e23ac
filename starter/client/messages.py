"""Every message to a case, typed once for the sync and the async client."""

# One thing: one class with a method for each message of docs/messages.md.

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Generic, TypedDict, TypeVar, Unpack

from domain.message_types import MessageType
from domain.money import Money


class Details(TypedDict, total=False):
    """Optional details of a dispute or a call.

    Attributes:
        by: who says so.
        owner: who looks after it.
        deadline: the day by which it should be done.
        note: free text for people.
        channel: how it was said: email, phone, letter …
    """

    by: str
    owner: str
    deadline: date | None
    note: str
    channel: str


class OfACall(Details, total=False):
    """Optional details of how a call went.

    Attributes:
        deadline: the day that was named: of the promise, the approval, or the next call.
        amount: how much is promised or contested; all of it if none is named.
        about: why something is contested: a code, or a few words.
    """

    amount: Money | None
    about: str


TypedAnswer = TypeVar("TypedAnswer")
"""What a message comes back with: an answer, or an awaitable one."""


class MessageSent(TypedDict, total=False):
    """Optional details of an agreement.

    Attributes:
        message_id: your own id of it; said twice, it counts once.
        by: who promised, or who recorded it.
        channel: how it was said: email, phone, letter …
        note: free text for people.
        plan_b: who goes on if it is not kept: agency, agency:NAME, lawyer, lawyer:NAME or person.
    """

    message_id: str
    by: str
    channel: str
    note: str
    plan_b: str


class Instalments(TypedDict, total=False):
    """The parts of a plan: written out, or equal ones.

    Attributes:
        parts: each with its day and amount.
        every: ``week`` or ``month``.
        count: how many.
        first: the day of the first one.
        amount: of each; the last one is what is left.
    """

    parts: Iterable[tuple[date, Money]]
    every: str
    count: int
    first: date
    amount: Money


class Messages(Generic[TypedAnswer]):
    """The messages of a collector and of a billing system.

    Each takes the case's id and the sender's own ``message_id``: the same twice is one message.
    Instants are aware; money carries its currency. What is refused comes back with the reason.
    An agreement answers the instant of its (first) check, and what happens then if it is not kept.
    """

    def say(self, case_id: str, kind: MessageType, body: dict[str, Any]) -> TypedAnswer:
        """Record a message in the ledger, then wake the case; answers what the ledger says."""
        raise NotImplementedError

    def reverse_payment(
        self, case_id: str, amount: Money | None = None, *, message_id: str, ref: str = ""
    ) -> TypedAnswer:
        """Say that a payment came back; without an amount it is the last one."""
        return self.say(case_id, MessageType.PAYMENT_REVERSED, _body(message_id, amount, ref=ref))

    def refund(
        self, case_id: str, amount: Money, *, message_id: str, ref: str = "", note: str = ""
    ) -> TypedAnswer:
        """Say that money was given back: out of the surplus first, the rest is owed again."""
        return self.say(case_id, MessageType.REFUND, _body(message_id, amount, ref=ref, note=note))

    def credit(
        self, case_id: str, amount: Money, *, message_id: str, note: str = ""
    ) -> TypedAnswer:
        """Say that a credit note lowers what is owed."""
        return self.say(case_id, MessageType.CREDIT_NOTE, _body(message_id, amount, note=note))

    def cancel_credit(
        self, case_id: str, amount: Money | None = None, *, message_id: str
    ) -> TypedAnswer:
        """Say that a credit note was taken back."""
        return self.say(case_id, MessageType.CREDIT_NOTE_CANCELLED, _body(message_id, amount))

    def waive_costs(
        self, case_id: str, amount: Money | None = None, *, reason: str = "", by: str = ""
    ) -> TypedAnswer:
        """Let interest and fees go: an amount, or all of them."""
        return self.say(case_id, MessageType.COSTS_WAIVED, _body("", amount, reason=reason, by=by))

    def correct_invoice(
        self,
        case_id: str,
        amount: Money | None = None,
        due: date | None = None,
        *,
        message_id: str,
        note: str = "",
    ) -> TypedAnswer:
        """Correct the invoice: a new gross amount, a new due date, or both."""
        body = _body(message_id, amount, date=due, note=note)
        return self.say(case_id, MessageType.INVOICE_CORRECTED, body)

    def in_flight(
        self,
        case_id: str,
        amount: Money | None = None,
        expected: date | None = None,
        *,
        message_id: str,
        ref: str = "",
    ) -> TypedAnswer:
        """Say that money is on its way (a direct debit, a card), to be here by a day.

        ``ref`` is the id under which the payment will come, if it is known.
        """
        body = _body(message_id, amount, date=expected, ref=ref)
        return self.say(case_id, MessageType.IN_FLIGHT, body)

    def flight_failed(self, case_id: str, *, message_id: str, ref: str = "") -> TypedAnswer:
        """Say that money on its way will not come (that one, else all); the ladder goes on."""
        return self.say(case_id, MessageType.IN_FLIGHT_FAILED, _body(message_id, None, ref=ref))

    def record_promise(
        self, case_id: str, day: date, amount: Money | None = None, **said: Unpack[MessageSent]
    ) -> TypedAnswer:
        """Record a promise to pay by a day: all that is open, or an amount."""
        return self._agree(case_id, MessageType.PROMISE, {"date": day}, said, amount)

    def propose_plan(
        self, case_id: str, plan: Instalments, **said: Unpack[MessageSent]
    ) -> TypedAnswer:
        """Propose an instalment plan; it holds nothing until it is agreed on."""
        return self._agree(
            case_id, MessageType.PLAN_PROPOSED, _parts(plan), said, plan.get("amount")
        )

    def agree_plan(
        self,
        case_id: str,
        plan: Instalments | None = None,
        *,
        ref: str = "",
        **said: Unpack[MessageSent],
    ) -> TypedAnswer:
        """Record that a plan was accepted in writing: this one, that of ``ref``, or the last."""
        parts = _parts(plan) if plan else {}
        each = plan.get("amount") if plan else None
        return self._agree(case_id, MessageType.PLAN_AGREED, parts | {"ref": ref}, said, each)

    def end_plan(self, case_id: str, *, ref: str = "", **said: Unpack[MessageSent]) -> TypedAnswer:
        """End a plan; the ladder goes on where it stood."""
        return self._agree(case_id, MessageType.PLAN_ENDED, {"ref": ref}, said)

    def offer_settlement(
        self, case_id: str, until: date, amount: Money | None = None, **said: Unpack[MessageSent]
    ) -> TypedAnswer:
        """Offer to settle for an amount by a day; without one the costs are let go."""
        facts: dict[str, object] = {"date": until, "reason": "" if amount else "costs"}
        return self._agree(case_id, MessageType.SETTLEMENT, facts, said, amount)

    def confirm_agreement(
        self, case_id: str, *, ref: str = "", **said: Unpack[MessageSent]
    ) -> TypedAnswer:
        """Record that an agreement was accepted in writing: that of ``ref``, or the last."""
        return self._agree(case_id, MessageType.AGREEMENT_CONFIRMED, {"ref": ref}, said)

    def open_dispute(
        self,
        case_id: str,
        amount: Money | None = None,
        *,
        reason: str = "",
        message_id: str = "",
        **more: Unpack[Details],
    ) -> TypedAnswer:
        """Record that all of it, or an amount, is contested; that part is chased no more.

        A minor reason (the invoice was not received …) is put right while the clock goes on.
        """
        body = _body(message_id, amount, reason=reason, **_fields(more))
        return self.say(case_id, MessageType.DISPUTE_OPENED, body)

    def settle_dispute(
        self,
        case_id: str,
        amount: Money | None = None,
        *,
        ref: str = "",
        ended: str = "",
        message_id: str = "",
        **more: Unpack[Details],
    ) -> TypedAnswer:
        """Settle a dispute (that one, else all); the ladder goes on where it stood.

        ``ended`` is ``for_us``, ``for_customer`` or ``split``; what is conceded is credited.
        """
        body = _body(message_id, amount, ref=ref, reason=ended, **_fields(more))
        return self.say(case_id, MessageType.DISPUTE_SETTLED, body)

    def pause(self, case_id: str, until: date | None = None, *, reason: str = "") -> TypedAnswer:
        """Chase no more, up to and including a day, or until resumed."""
        return self.say(case_id, MessageType.PAUSE, _body("", None, date=until, reason=reason))

    def resume(self, case_id: str) -> TypedAnswer:
        """Go on after a pause."""
        return self.say(case_id, MessageType.RESUME, {})

    def withdraw(self, case_id: str, *, reason: str = "") -> TypedAnswer:
        """Withdraw an invoice that should never have been: it is chased no more."""
        return self.say(case_id, MessageType.WITHDRAWN, _body("", None, reason=reason))

    def write_off(
        self, case_id: str, amount: Money | None = None, *, reason: str = ""
    ) -> TypedAnswer:
        """Give up what is open, or a part of it."""
        return self.say(case_id, MessageType.WRITE_OFF, _body("", amount, reason=reason))

    def undo_write_off(self, case_id: str, *, reason: str = "") -> TypedAnswer:
        """Chase again what was given up."""
        return self.say(case_id, MessageType.WRITE_OFF_UNDONE, _body("", None, reason=reason))

    def take_back(
        self, case_id: str, ref: str, *, reason: str = "", by: str = "", message_id: str = ""
    ) -> TypedAnswer:
        """Take back what was recorded by mistake: it counts as never said.

        If the customer was told of it, one letter puts that right.
        """
        body = _body(message_id, None, ref=ref, reason=reason, by=by)
        return self.say(case_id, MessageType.TAKEN_BACK, body)

    def skip_step(
        self, case_id: str, step: str, *, reason: str, by: str = "", message_id: str = ""
    ) -> TypedAnswer:
        """Leave a step of the ladder out, and say why."""
        body = _body(message_id, None, ref=step, reason=reason, by=by)
        return self.say(case_id, MessageType.STEP_SKIPPED, body)

    def send_now(
        self, case_id: str, step: str, *, reason: str = "", by: str = "", message_id: str = ""
    ) -> TypedAnswer:
        """Let the next letter leave today; holds, gaps and deadlines are kept."""
        body = _body(message_id, None, ref=step, reason=reason, by=by)
        return self.say(case_id, MessageType.SEND_NOW, body)

    def approve_handoff(self, case_id: str, *, by: str) -> TypedAnswer:
        """Approve that the agency takes over."""
        return self.say(case_id, MessageType.HANDOFF_APPROVED, _body("", None, by=by))

    def reminded_elsewhere(
        self, case_id: str, step: str, day: date, *, message_id: str = "", by: str = ""
    ) -> TypedAnswer:
        """Somebody else had said a step of the policy on a day: the ladder goes on after it."""
        body = _body(message_id, None, ref=step, date=day.isoformat(), by=by)
        return self.say(case_id, MessageType.REMINDED_ELSEWHERE, body)

    def correct_letter(
        self, case_id: str, step: str, mistake: str, *, message_id: str = "", by: str = ""
    ) -> TypedAnswer:
        """Say that the letter of a step was wrong: the customer is told so in writing.

        ``mistake`` is ``sum``, ``day`` or ``sent`` (it should not have gone out at all).
        """
        body = _body(message_id, None, ref=step, reason=mistake, by=by)
        return self.say(case_id, MessageType.LETTER_CORRECTED, body)

    def agency_news(
        self, case_id: str, reason: str, *, note: str = "", message_id: str = ""
    ) -> TypedAnswer:
        """Record what the agency reports; ``closed`` and ``returned`` end its work."""
        return self.say(
            case_id, MessageType.AGENCY_NEWS, _body(message_id, None, reason=reason, note=note)
        )

    def call_result(
        self, case_id: str, reason: str, *, message_id: str = "", **more: Unpack[OfACall]
    ) -> TypedAnswer:
        """Record how a call went, and what it means: a promise, a dispute, an approval.

        The call tasks of the case are done with it. What was said but cannot stand is refused in
        words; that somebody called is kept all the same.
        """
        amount, about = more.pop("amount", None), more.pop("about", "")
        told = {"ref": about, **_fields(more)}
        return self.say(
            case_id, MessageType.CALL_RESULT, _body(message_id, amount, reason=reason, **told)
        )

    def _agree(
        self,
        case_id: str,
        kind: MessageType,
        facts: dict[str, object],
        said: MessageSent,
        amount: Money | None = None,
    ) -> TypedAnswer:
        stated = {name: value for name, value in said.items() if name != "message_id"}
        body = _body(said.get("message_id", ""), amount)
        for name, value in (facts | stated).items():
            if value:
                body[name] = value.isoformat() if isinstance(value, date) else value
        return self.say(case_id, kind, body)


def _body(id_: str, amount: Money | None, **rest: str | date | datetime | None) -> dict[str, Any]:
    """The JSON of a message: what is empty is left out."""
    body: dict[str, Any] = {"id": id_} if id_ else {}
    if amount:
        body |= {"amount": amount.plain, "currency": amount.currency}
    for name, value in rest.items():
        if value:
            body[name] = value.isoformat() if isinstance(value, date) else value
    return body


def _fields(more: Details) -> dict[str, str | date | None]:
    texts = {name: str(text) for name, text in more.items() if name != "deadline"}
    return {**texts, "date": more.get("deadline")}


def _parts(plan: Instalments) -> dict[str, object]:
    written = [
        {"date": day.isoformat(), "amount": money.plain} for day, money in plan.get("parts", ())
    ]
    return {
        "instalments": written,
        "every": plan.get("every"),
        "count": plan.get("count"),
        "date": plan.get("first"),
    }
