"""What can be said to a case about its money, typed once for the sync and the async client."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Generic, TypeVar

from domain.message_types import Kind
from domain.money import Money

Told = TypeVar("Told")
"""What a message comes back with: an answer, or an awaitable one."""


class MoneyMessages(Generic[Told]):
    """The words about money that came, went back, is on its way, or is owed differently."""

    def say(self, case_id: str, kind: Kind, body: dict[str, Any]) -> Told:
        """Record a message in the ledger, then wake the case; answers what the ledger says."""
        raise NotImplementedError

    def reverse_payment(
        self, case_id: str, amount: Money | None = None, *, message_id: str, ref: str = ""
    ) -> Told:
        """A payment came back; without an amount it is the last one."""
        return self.say(case_id, Kind.PAYMENT_REVERSED, body_of(message_id, amount, ref=ref))

    def refund(
        self, case_id: str, amount: Money, *, message_id: str, ref: str = "", note: str = ""
    ) -> Told:
        """Money was given back: out of the surplus first, what goes beyond it is owed again."""
        return self.say(case_id, Kind.REFUND, body_of(message_id, amount, ref=ref, note=note))

    def credit(self, case_id: str, amount: Money, *, message_id: str, note: str = "") -> Told:
        """A credit note lowers what is owed."""
        return self.say(case_id, Kind.CREDIT_NOTE, body_of(message_id, amount, note=note))

    def cancel_credit(self, case_id: str, amount: Money | None = None, *, message_id: str) -> Told:
        """A credit note was taken back."""
        return self.say(case_id, Kind.CREDIT_NOTE_CANCELLED, body_of(message_id, amount))

    def waive_costs(
        self, case_id: str, amount: Money | None = None, *, reason: str = "", by: str = ""
    ) -> Told:
        """Interest and fees are let go: an amount, or all of them."""
        return self.say(case_id, Kind.COSTS_WAIVED, body_of("", amount, reason=reason, by=by))

    def correct_invoice(
        self,
        case_id: str,
        amount: Money | None = None,
        due: date | None = None,
        *,
        message_id: str,
        note: str = "",
    ) -> Told:
        """The invoice was put right: a new gross amount, a new due date, or both."""
        body = body_of(message_id, amount, date=due, note=note)
        return self.say(case_id, Kind.INVOICE_CORRECTED, body)

    def in_flight(
        self,
        case_id: str,
        amount: Money | None = None,
        expected: date | None = None,
        *,
        message_id: str,
        ref: str = "",
    ) -> Told:
        """Money is on its way (a direct debit, a card payment) and should be here by a day.

        ``ref`` is the id under which the payment will come, if it is known.
        """
        body = body_of(message_id, amount, date=expected, ref=ref)
        return self.say(case_id, Kind.IN_FLIGHT, body)

    def flight_failed(self, case_id: str, *, message_id: str, ref: str = "") -> Told:
        """Money on its way will not come (that one, else all); the ladder goes on at once."""
        return self.say(case_id, Kind.IN_FLIGHT_FAILED, body_of(message_id, None, ref=ref))


def body_of(id_: str, amount: Money | None, **rest: str | date | datetime | None) -> dict[str, Any]:
    """The JSON of a message: what is empty is left out."""
    body: dict[str, Any] = {"id": id_} if id_ else {}
    if amount:
        body |= {"amount": amount.plain, "currency": amount.currency}
    for name, value in rest.items():
        if value:
            body[name] = value.isoformat() if isinstance(value, date) else value
    return body
