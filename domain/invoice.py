"""What a case is told from outside: its invoice, and the messages about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.kinds import Kind
from domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """What was invoiced.

    Attributes:
        creditor: id of the company that is owed.
        number: the invoice's number, exactly as printed.
        customer: the creditor's id of the customer.
        issued: invoice date.
        due: due date, in the debtor's calendar.
        amount: gross amount.
        opened_at: the instant (UTC) since which the case is chased here.
    """

    creditor: str
    number: str
    customer: str
    issued: date
    due: date
    amount: Money
    opened_at: datetime

    @property
    def case_id(self) -> str:
        """The case's id, which is also its workflow's."""
        return f"invoice/{self.creditor}/{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Something that was said to a case, once.

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
    """

    key: str
    kind: Kind
    at: datetime
    amount: Money | None = None
    day: date | None = None
    reason: str = ""
    note: str = ""
    ref: str = ""
    by: str = ""
