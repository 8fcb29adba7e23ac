"""Everything that can be said to a case, typed once for the sync and the async client."""

from __future__ import annotations

from datetime import date
from typing import Any, TypedDict, Unpack

from domain.message_types import MessageType
from domain.money import Money
from starter.client.agreement_messages import AgreementMessages
from starter.client.money_messages import TypedAnswer
from starter.client.money_messages import message_body as _body


class Details(TypedDict, total=False):
    """What may be said beside the facts of a dispute or a call.

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
    """What may be said beside how a call went.

    Attributes:
        deadline: the day that was named: of the promise, the approval, or the next call.
        amount: how much is promised or contested; all of it if none is named.
        about: why something is contested: a code, or a few words.
        approved_by: the supervisor who allowed a promise, where the policy asks for one.
    """

    amount: Money | None
    about: str
    approved_by: str


class Messages(AgreementMessages[TypedAnswer]):
    """The words of a collector and of a billing system.

    Each takes the case's id and the sender's own ``message_id``: the same twice is one message.
    Instants are aware; money carries its currency. What is refused comes back with the reason.
    """

    def say(self, case_id: str, kind: MessageType, body: dict[str, Any]) -> TypedAnswer:
        """Record a message in the ledger, then wake the case; answers what the ledger says."""
        raise NotImplementedError

    def open_dispute(
        self,
        case_id: str,
        amount: Money | None = None,
        *,
        reason: str = "",
        message_id: str = "",
        **more: Unpack[Details],
    ) -> TypedAnswer:
        """The customer contests all of it, or an amount; that part is chased no more.

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
        """A dispute is settled (that one, else all); the ladder goes on where it stood.

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
        """The invoice should never have been: it is chased no more."""
        return self.say(case_id, MessageType.WITHDRAWN, _body("", None, reason=reason))

    def write_off(
        self, case_id: str, amount: Money | None = None, *, reason: str = ""
    ) -> TypedAnswer:
        """Give up what is open, or a part of it."""
        return self.say(case_id, MessageType.WRITE_OFF, _body("", amount, reason=reason))

    def undo_write_off(self, case_id: str, *, reason: str = "") -> TypedAnswer:
        """Chase again what was given up."""
        return self.say(case_id, MessageType.WRITE_OFF_UNDONE, _body("", None, reason=reason))

    def approve_handoff(self, case_id: str, *, by: str) -> TypedAnswer:
        """A person decides that the agency takes over."""
        return self.say(case_id, MessageType.HANDOFF_APPROVED, _body("", None, by=by))

    def reminded_elsewhere(
        self, case_id: str, step: str, day: date, *, message_id: str = "", by: str = ""
    ) -> TypedAnswer:
        """Somebody else had said a step of the policy on a day: the ladder goes on after it."""
        body = _body(message_id, None, ref=step, date=day.isoformat(), by=by)
        return self.say(case_id, MessageType.REMINDED_ELSEWHERE, body)

    def agency_news(
        self, case_id: str, reason: str, *, note: str = "", message_id: str = ""
    ) -> TypedAnswer:
        """What the agency reports; ``returned`` ends its work."""
        return self.say(
            case_id, MessageType.AGENCY_NEWS, _body(message_id, None, reason=reason, note=note)
        )

    def call_result(
        self, case_id: str, reason: str, *, message_id: str = "", **more: Unpack[OfACall]
    ) -> TypedAnswer:
        """How a call went, and at once what it means: a promise, a dispute, a wait for approval.

        The call tasks of the case are done with it. What was said but cannot stand is refused in
        words; that somebody called is kept all the same.
        """
        amount, about = more.pop("amount", None), more.pop("about", "")
        approved_by = more.pop("approved_by", "")
        told = {"ref": about, "approved_by": approved_by, **_fields(more)}
        return self.say(
            case_id, MessageType.CALL_RESULT, _body(message_id, amount, reason=reason, **told)
        )


def _fields(more: Details) -> dict[str, str | date | None]:
    texts = {name: str(text) for name, text in more.items() if name != "deadline"}
    return {**texts, "date": more.get("deadline")}
