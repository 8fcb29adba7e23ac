"""The invoice of a case, and the messages about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.errors import DomainError
from domain.ids import CaseId
from domain.message_types import MessageType
from domain.money import Money

LONGEST_REFERENCE = 35
"""Characters: as much as a bank transfer carries as a creditor's reference (ISO 20022)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discount:
    """An early-payment discount, such as 2 % within 10 days (P07).

    Attributes:
        minor: what may be kept back, minor units of the invoice's currency.
        until: the last day, in the debtor's calendar, on which it can be earned.
    """

    minor: int
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoicePart:
    """One instalment: its day in the debtor's calendar, and minor units of the invoice."""

    day: date
    minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """An invoice as it was issued.

    Attributes:
        creditor: id of the company that is owed.
        number: the invoice's number, exactly as printed.
        customer: the creditor's id of the customer.
        issued: invoice date.
        due: due date, in the debtor's calendar.
        amount: gross amount.
        opened_at: the instant (UTC) since which the case is chased here.
        discount: what an early payment may keep back; None if nothing.
        reference: the payment reference that is printed on it; empty if there is none.
        terms: the parts in which it falls due, in the order of their days, the first on ``due``;
            empty where all of it falls due on one day.
    """

    creditor: str
    number: str
    customer: str
    issued: date
    due: date
    amount: Money
    opened_at: datetime
    discount: Discount | None = None
    reference: str = ""
    terms: tuple[InvoicePart, ...] = ()

    @property
    def case_id(self) -> str:
        """The case's id, which is also its workflow's."""
        return str(CaseId(self.creditor, self.number))


def payment_reference(text: str) -> str:
    """Read a payment reference as printed on an invoice; empty if there is none.

    Raises:
        DomainError: if it is longer than 35 characters or not one line.
    """
    plain = text.strip()
    if len(plain) > LONGEST_REFERENCE:
        way_out = "banks carry no more; write only the reference itself"
        message = f"{plain!r} is longer than {LONGEST_REFERENCE} characters: {way_out}"
        raise DomainError(message, field="reference")
    if not plain.isprintable():
        message = f"{plain!r} holds a line break or control character; take it out"
        raise DomainError(message, field="reference")
    return plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message to a case, recorded once.

    Attributes:
        key: unique per case, given by its sender.
        kind: what it is.
        at: the instant (UTC) at which it happened.
        amount: the money it speaks of.
        day: the date it speaks of (a promise's date, the last day of a pause).
        reason: a short code or word.
        note: free text for people.
        ref: the key of the message it refers to.
        by: who said it.
        channel: how it was said: email, phone, letter …
        owner: who looks after it.
        approved_by: the supervisor who allowed what the policy leaves to one.
        parts: the instalments of a plan, in the order of their days; of a promise or an offer its
            day and the money of that day that was there already, fixed when it was recorded.
        check_at: the instant (UTC) at which an agreement is checked, fixed when it was recorded:
            a later policy does not change what was agreed.
        plan_b: who goes on if an agreement is not kept, such as ``agency:nordwind``; empty leaves
            it to the policy.
    """

    key: str
    kind: MessageType
    at: datetime
    amount: Money | None = None
    day: date | None = None
    reason: str = ""
    note: str = ""
    ref: str = ""
    by: str = ""
    channel: str = ""
    owner: str = ""
    approved_by: str = ""
    parts: tuple[InvoicePart, ...] = ()
    check_at: datetime | None = None
    plan_b: str = ""
