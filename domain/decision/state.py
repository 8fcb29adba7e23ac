"""Put together where a case stands: all that follows from its file at an instant."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Protocol

from domain.agreements.due_parts import with_due_parts
from domain.calendar import Calendar
from domain.case.facts import Action, Facts
from domain.case.model import Case, Deed, Invoice, Message
from domain.case.money import Ground
from domain.changed import changed
from domain.charges.statement import Statement, statement
from domain.contact.routes import routes
from domain.decision.rules import next_action
from domain.decision.sharing import together_since
from domain.fold.fold import Folded, fold, with_deed
from domain.interest.added_rates import AddedRate
from domain.message_types import Result
from domain.parties.customer import NOBODY_KNOWN, Customer
from domain.parties.people import CHANNELS, Debtor
from domain.policy.classes import History, class_of
from domain.policy.model import Policy


class CaseRecords(Protocol):
    """What a case's file holds, as far as its state follows from it."""

    @property
    def invoice(self) -> Invoice:
        """What was invoiced."""
        ...

    @property
    def messages(self) -> tuple[Message, ...]:
        """What was said about it."""
        ...

    @property
    def deeds(self) -> tuple[Deed, ...]:
        """What was done for it."""
        ...

    @property
    def policy(self) -> Policy:
        """The policy that it follows."""
        ...

    @property
    def debtor(self) -> Debtor:
        """Who owes it."""
        ...

    @property
    def history(self) -> History:
        """How the customer paid so far."""
        ...

    @property
    def customer(self) -> Customer:
        """What holds for all of the customer's invoices."""
        ...

    @property
    def rates(self) -> tuple[AddedRate, ...]:
        """Rates of interest that people added to the shipped tables."""
        ...


@dataclass(frozen=True, kw_only=True)
class CaseState:
    """A case at an instant: what is known of it, and what follows from that.

    Each part is worked out when it is first asked for, and once. Nothing changes a state: what is
    said, done or seen later makes another one.

    Attributes:
        policy: the policy that it follows.
        debtor: where the customer is, whether it is a consumer, and a class set by hand.
        now: the instant (UTC) at which it is looked at.
        messages: what was said, in any order.
        deeds: what was done, in any order.
        history: how the customer paid so far; it makes the class where none was set by hand.
        customer: what holds for all of the customer's invoices.
        rates: rates of interest that people added to the shipped tables.
    """

    invoice: Invoice
    policy: Policy
    debtor: Debtor
    now: datetime
    messages: tuple[Message, ...] = ()
    deeds: tuple[Deed, ...] = ()
    history: History = field(default_factory=History)
    customer: Customer = NOBODY_KNOWN
    rates: tuple[AddedRate, ...] = ()

    @property
    def calendar(self) -> Calendar:
        """The debtor's calendar under the case's policy."""
        return debtor_calendar(self.policy, self.debtor)

    @property
    def ground(self) -> Ground:
        """What the fold and every statement stand on besides the facts."""
        return Ground(self.policy, self.calendar, self.debtor.consumer, self.rates)

    @cached_property
    def folded(self) -> Folded:
        """The case, and why each message that could not be applied was refused."""
        return fold(self.invoice, self.messages, self.deeds, self.ground)

    @cached_property
    def case(self) -> Case:
        """The case as it stands."""
        return with_due_parts(self.folded.case, self.calendar, self.now)

    @property
    def customer_class(self) -> str:
        """The class by which the customer is chased."""
        return customer_class(self.debtor, self.history, self.policy)

    @cached_property
    def facts(self) -> Facts:
        """What the rules look at."""
        facts = Facts(
            self.case,
            self.calendar,
            self.customer_class,
            self.customer,
            ground=self.ground,
            reach=self._reach,
        )
        since = together_since(facts, self.policy)
        return replace(facts, together_since=since) if since else facts

    @property
    def _reach(self) -> frozenset[str]:
        """The channels by which the customer can be reached, where a message reached nobody."""
        if all(deed.result is not Result.REJECTED for deed in self.case.deeds):
            return frozenset()
        return frozenset(route.channel for route in routes(self.debtor, CHANNELS))

    @cached_property
    def statement(self) -> Statement:
        """What is asked for now: the principal, each cost by itself, the total."""
        return self.statement_on(self.calendar.local_date(self.now))

    def statement_of(self, saying: Action) -> Statement:
        """What a message that is said now asks for."""
        return self.statement_on(self.calendar.local_date(self.now), saying)

    @cached_property
    def next_action(self) -> Action:
        """What comes next, when, and why."""
        return next_action(self.facts, self.policy, self.now)

    def statement_on(self, day: date, saying: Action | None = None) -> Statement:
        """What is asked for on a day in the debtor's calendar, or by a message said on it."""
        case = with_due_parts(self.folded.case, self.calendar, self.calendar.start_of(day))
        return statement(case, self.ground, day, saying)

    def told(self, message: Message) -> CaseState:
        """Add what was said."""
        return _anew(changed(self, messages=(*self.messages, message)))

    def done(self, deed: Deed) -> CaseState:
        """Add what was done."""
        then = _anew(changed(self, deeds=(*self.deeds, deed)))
        if deed.charged:
            return then
        # What charges nothing moves no money: the rest of the fold stays as it is.
        return _folded_as(then, Folded(with_deed(self.folded.case, deed), self.folded.refused))

    def seen(self, now: datetime, customer: Customer) -> CaseState:
        """Look at it from another instant, with the customer as known then."""
        if now == self.now and customer is self.customer:
            return self
        return _folded_as(_anew(changed(self, now=now, customer=customer)), self.folded)

    def reached_as(self, debtor: Debtor) -> CaseState:
        """Look at it with the ways to the customer that are known meanwhile."""
        known = self.debtor.with_ways_of(debtor)
        if known is self.debtor:
            return self
        return _folded_as(_anew(changed(self, debtor=known)), self.folded)

    def at(self, now: datetime) -> CaseState:
        """Look at it from another instant."""
        return self.seen(now, self.customer)

    def before(self, end: datetime) -> CaseState:
        """Leave out what was said and done from an instant on: the case as it stood just before."""
        said = tuple(message for message in self.messages if message.at < end)
        deeds = tuple(deed for deed in self.deeds if deed.at < end)
        return _anew(changed(self, messages=said, deeds=deeds))


def case_state(file: CaseRecords, now: datetime) -> CaseState:
    """Look at a case's file at an instant."""
    return CaseState(
        invoice=file.invoice,
        policy=file.policy,
        debtor=file.debtor,
        now=now,
        messages=file.messages,
        deeds=file.deeds,
        history=file.history,
        customer=file.customer,
        rates=file.rates,
    )


def customer_class(debtor: Debtor, history: History, policy: Policy) -> str:
    """The class by which a customer is chased: set by hand, else made by the history (P31)."""
    return debtor.customer_class or class_of(history, policy.classes)


def debtor_calendar(policy: Policy, debtor: Debtor) -> Calendar:
    """The calendar of the place where a customer is, with a policy's contact window."""
    return policy.calendar(debtor.zone, debtor.country, debtor.subdivision)


_WORKED_OUT = ("folded", "case", "facts", "statement", "next_action")


def _anew(state: CaseState) -> CaseState:
    """A copy of which nothing is worked out yet: what holds for the other does not hold for it."""
    for part in _WORKED_OUT:
        state.__dict__.pop(part, None)
    return state


def _folded_as(state: CaseState, folded: Folded) -> CaseState:
    # What is known already need not be folded again: a cached property looks here first.
    state.__dict__["folded"] = folded
    return state
