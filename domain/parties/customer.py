"""The customer over all invoices: who was contacted when, and what holds for all of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

REMEMBERED = 100
"""So many contacts of each sort are looked at: more than any limit counts."""

OPENINGS_REMEMBERED = timedelta(days=6)
"""Openings so long before the newest one are forgotten: no message waits for longer."""


class Touch(StrEnum):
    """A contact with the customer: an attempt, a message or a conversation, made or asked for."""

    MESSAGE = "message"
    ANSWER = "answer"
    STATEMENT = "statement"
    CALL = "call"
    CONVERSATION = "conversation"
    CALL_PLANNED = "call_planned"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedContact:
    """One entry of the contact book.

    Attributes:
        at: the instant (UTC).
        what: a message that was accepted, an answer to what the customer agreed to, a statement of
            account, a call attempt, a real conversation, or a call that somebody was asked to make.
        channel: email, sms, phone …
        cases: how many invoices it spoke of.
    """

    at: datetime
    what: Touch
    channel: str = ""
    cases: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceShare:
    """What one invoice of a customer means for the customer's others, where it means anything.

    Attributes:
        case: the id of its case.
        surplus: minor units that came in on it and that nothing is owed for.
        rest: minor units that are left of it and too few to be chased alone.
        since: the instant (UTC) from which that rest is due and nothing holds it.
    """

    case: str
    currency: str
    surplus: int = 0
    rest: int = 0
    since: datetime | None = None

    @property
    def is_nothing(self) -> bool:
        """Whether it means nothing for the others."""
        return not self.surplus and not self.rest


@dataclass(frozen=True, kw_only=True)
class Customer:
    """What the rules must know about a customer of one creditor, over all invoices.

    Attributes:
        contacts: the contact book of the last weeks, oldest first.
        do_not_contact: the customer must not be written to or called automatically.
        vulnerable: only people deal with this customer.
        consumer: whether it is a consumer; None if nobody said.
        unallocated: per currency, minor units of money on the account that no invoice took.
        credit_notes: per currency, minor units of credit notes that no invoice took.
        shares: what single invoices mean for the others, by case; those that mean nothing are
            left out.
        openings: when (UTC) the newest invoices came here, in order; of more in one minute the
            first and the last are enough.
        limits: what was worked out of the contact book already, by policy and calendar.
        unclear: per currency, minor units that came into the bank and may be this customer's.
        bank_day: the day up to which the creditor's bank accounts are known; None where no
            statements come in.
    """

    contacts: tuple[PlannedContact, ...] = ()
    do_not_contact: bool = False
    vulnerable: bool = False
    consumer: bool | None = None
    unallocated: tuple[tuple[str, int], ...] = ()
    credit_notes: tuple[tuple[str, int], ...] = ()
    shares: tuple[InvoiceShare, ...] = ()
    openings: tuple[datetime, ...] = ()
    unclear: tuple[tuple[str, int], ...] = ()
    bank_day: date | None = None
    limits: dict[tuple[object, object], object] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def with_opening(self, at: datetime) -> Customer:
        """Take in that an invoice came here at an instant."""
        if at in self.openings:
            return self
        newest = max([at, *self.openings[-1:]])
        known = (one for one in (*self.openings, at) if one > newest - OPENINGS_REMEMBERED)
        return replace(self, openings=tuple(sorted(known)))

    @property
    def foreseen(self) -> Customer:
        """The customer as one whose bank data will be new whenever it is looked at."""
        return replace(self, bank_day=None) if self.bank_day else self

    @property
    def settled(self) -> Customer:
        """The customer as one whose account has settled: no further invoice is waited for."""
        return replace(self, openings=()) if self.openings else self

    def without(self, case: str) -> Customer:
        """Leave out what an invoice means for the others: the customer as that invoice sees it."""
        if all(share.case != case for share in self.shares):
            return self
        return replace(self, shares=tuple(one for one in self.shares if one.case != case))

    def surplus_in(self, currency: str) -> int:
        """Add up what came in on single invoices and is owed for nothing; minor units."""
        return sum(share.surplus for share in self.shares if share.currency == currency)

    def in_favour(self, currency: str) -> int:
        """Add up all that speaks for the customer in a currency and settles no invoice yet.

        Money on the account, credit notes and surpluses, in minor units; currencies never add up.
        """
        sums = (*self.unallocated, *self.credit_notes)
        lies = sum(minor for known, minor in sums if known == currency)
        return lies + self.surplus_in(currency) if self.shares else lies

    def lies(self, currency: str) -> int:
        """Add up all that a person has to look at first: what speaks for the customer, or may."""
        maybe = sum(minor for known, minor in self.unclear if known == currency)
        return self.in_favour(currency) + maybe

    def all_in_favour(self) -> tuple[tuple[str, int], ...]:
        """List what speaks for the customer, each currency by itself, in minor units."""
        named = [currency for currency, _ in (*self.unallocated, *self.credit_notes)]
        named += [share.currency for share in self.shares if share.surplus]
        return tuple((currency, self.in_favour(currency)) for currency in sorted(set(named)))

    def with_share(self, share: InvoiceShare) -> Customer:
        """Take in what an invoice means for the others now."""
        if share.is_nothing and not self.shares:
            return self
        if share in self.shares:
            return self
        kept = [known for known in self.shares if known.case != share.case]
        if not share.is_nothing:
            kept.append(share)
        return replace(self, shares=tuple(sorted(kept, key=lambda one: one.case)))

    @property
    def human_only(self) -> bool:
        """Whether nothing automatic may reach this customer."""
        return self.do_not_contact or self.vulnerable

    def touched(self, contact: PlannedContact) -> Customer:
        """Add one more contact."""
        alike = [known for known in self.contacts if known.what is contact.what]
        gone = alike[:1] if len(alike) >= REMEMBERED else []
        kept = [known for known in self.contacts if known not in gone]
        return replace(self, contacts=tuple(sorted([*kept, contact], key=lambda one: one.at)))


NOBODY_KNOWN = Customer()
"""A customer about whom nothing is known yet."""
