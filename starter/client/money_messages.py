"""What can be said to a case about its money, typed once for the sync and the async client."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Generic, TypeVar

from domain.message_types import MessageType
from domain.money import Money

TypedAnswer = TypeVar("TypedAnswer")
"""What a message comes back with: an answer, or an awaitable one."""


class MoneyMessages(Generic[TypedAnswer]):
    """The words about money that came, went back, is on its way, or is owed differently."""

    def say(self, case_id: str, kind: MessageType, body: dict[str, Any]) -> TypedAnswer:
        """Record a message in the ledger, then wake the case; answers what the ledger says."""
        raise NotImplementedError

    def reverse_payment(
        self, case_id: str, amount: Money | None = None, *, message_id: str, ref: str = ""
    ) -> TypedAnswer:
        """A payment came back; without an amount it is the last one."""
        return self.say(
            case_id, MessageType.PAYMENT_REVERSED, message_body(message_id, amount, ref=ref)
        )

    def refund(
        self, case_id: str, amount: Money, *, message_id: str, ref: str = "", note: str = ""
    ) -> TypedAnswer:
        """Money was given back: out of the surplus first, what goes beyond it is owed again."""
        return self.say(
            case_id, MessageType.REFUND, message_body(message_id, amount, ref=ref, note=note)
        )

    def credit(
        self, case_id: str, amount: Money, *, message_id: str, note: str = ""
    ) -> TypedAnswer:
        """A credit note lowers what is owed."""
        return self.say(
            case_id, MessageType.CREDIT_NOTE, message_body(message_id, amount, note=note)
        )

    def cancel_credit(
        self, case_id: str, amount: Money | None = None, *, message_id: str
    ) -> TypedAnswer:
        """A credit note was taken back."""
        return self.say(
            case_id, MessageType.CREDIT_NOTE_CANCELLED, message_body(message_id, amount)
        )

    def waive_costs(
        self, case_id: str, amount: Money | None = None, *, reason: str = "", by: str = ""
    ) -> TypedAnswer:
        """Interest and fees are let go: an amount, or all of them."""
        return self.say(
            case_id, MessageType.COSTS_WAIVED, message_body("", amount, reason=reason, by=by)
        )

    def correct_invoice(
        self,
        case_id: str,
        amount: Money | None = None,
        due: date | None = None,
        *,
        message_id: str,
        note: str = "",
    ) -> TypedAnswer:
        """The invoice was put right: a new gross amount, a new due date, or both."""
        body = message_body(message_id, amount, date=due, note=note)
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
        """Money is on its way (a direct debit, a card payment) and should be here by a day.

        ``ref`` is the id under which the payment will come, if it is known.
        """
        body = message_body(message_id, amount, date=expected, ref=ref)
        return self.say(case_id, MessageType.IN_FLIGHT, body)

    def flight_failed(self, case_id: str, *, message_id: str, ref: str = "") -> TypedAnswer:
        """Money on its way will not come (that one, else all); the ladder goes on at once."""
        return self.say(
            case_id, MessageType.IN_FLIGHT_FAILED, message_body(message_id, None, ref=ref)
        )


def message_body(
    id_: str, amount: Money | None, **rest: str | date | datetime | None
) -> dict[str, Any]:
    """The JSON of a message: what is empty is left out."""
    body: dict[str, Any] = {"id": id_} if id_ else {}
    if amount:
        body |= {"amount": amount.plain, "currency": amount.currency}
    for name, value in rest.items():
        if value:
            body[name] = value.isoformat() if isinstance(value, date) else value
    return body
