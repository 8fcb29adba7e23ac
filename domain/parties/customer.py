"""The customer over all invoices: who was contacted when, and what holds for all of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

REMEMBERED = 100
"""So many contacts of each sort are looked at: more than any limit counts."""


class Touch(StrEnum):
    """A contact with the customer: an attempt, a message or a conversation, made or asked for."""

    MESSAGE = "message"
    ANSWER = "answer"
    CALL = "call"
    CONVERSATION = "conversation"
    CALL_PLANNED = "call_planned"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedContact:
    """One entry of the contact book.

    Attributes:
        at: the instant (UTC).
        what: a message that was accepted, an answer to what the customer agreed to, a call attempt,
            a real conversation, or a call that somebody was asked to make.
        channel: email, sms, phone …
        cases: how many invoices it spoke of.
    """

    at: datetime
    what: Touch
    channel: str = ""
    cases: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """What the rules must know about a customer of one creditor, over all invoices.

    Attributes:
        contacts: the contact book of the last weeks, oldest first.
        do_not_contact: the customer must not be written to or called automatically.
        vulnerable: only people deal with this customer.
        consumer: whether it is a consumer; None if nobody said.
        unallocated: per currency, minor units on the account that no invoice took.
    """

    contacts: tuple[PlannedContact, ...] = ()
    do_not_contact: bool = False
    vulnerable: bool = False
    consumer: bool | None = None
    unallocated: tuple[tuple[str, int], ...] = ()

    @property
    def human_only(self) -> bool:
        """Whether nothing automatic may reach this customer."""
        return self.do_not_contact or self.vulnerable

    @property
    def last_message_at(self) -> datetime | None:
        """When the customer was last written to, about any invoice."""
        for contact in reversed(self.contacts):
            if contact.what is Touch.MESSAGE:
                return contact.at
        return None

    def touched(self, contact: PlannedContact) -> Customer:
        """Add one more contact."""
        alike = [known for known in self.contacts if known.what is contact.what]
        gone = alike[:1] if len(alike) >= REMEMBERED else []
        kept = [known for known in self.contacts if known not in gone]
        return replace(self, contacts=tuple(sorted([*kept, contact], key=lambda one: one.at)))


NOBODY_KNOWN = Customer()
"""A customer about whom nothing is known yet."""
