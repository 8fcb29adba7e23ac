"""Whole lives of customers with several invoices: everything that can be said, in one world."""

# One thing: the world in which customers live, and what is seen there of each case.

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from domain.agreements.reducer import AGREEING
from domain.calendar import Calendar
from domain.case.facts import Action
from domain.case.invoice import Discount, InvoicePart
from domain.case.model import Case, Deed, Invoice, Message
from domain.decision.state import CaseState, debtor_calendar
from domain.fold.steering import STEERING
from domain.message_types import MessageType
from domain.money import parse_money
from domain.parties.customer import Customer, PlannedContact, Touch
from domain.parties.people import Debtor
from domain.policy.model import Policy
from domain.simulation.case import SimulatedCase
from domain.simulation.world import Household, World
from tests.properties.homes import Home, Word
from tests.reaching import reached_by

AFTER = timedelta(days=520)
"""Longer than the longest distance between two reviews."""


@dataclass(frozen=True)
class Spoken:
    """One message that reached the customer, with all deeds that it was."""

    contact: PlannedContact
    deeds: tuple[Deed, ...]


@dataclass(slots=True, kw_only=True)
class WatchedHome(Household):
    """A customer that writes down which deeds each message was."""

    pending: list[Deed] = field(default_factory=list)
    spoken: list[Spoken] = field(default_factory=list)

    def touched(self, contact: PlannedContact) -> None:
        """Note the message with its deeds, then keep it in the contact book."""
        if contact.what in (Touch.MESSAGE, Touch.ANSWER):
            self.spoken.append(Spoken(contact, tuple(self.pending)))
            self.pending.clear()
        Household.touched(self, contact)


@dataclass(frozen=True)
class Seen:
    """A deed, and how the case and its customer stood when it was done."""

    case: Case
    customer: Customer
    deed: Deed


class Watched(SimulatedCase):
    """A case that writes down how it stood whenever something was done."""

    def __init__(self, state: CaseState, ends_at: datetime, home: WatchedHome) -> None:
        super().__init__(state, ends_at)
        self.home = home
        self.seen_deeds: list[Seen] = []
        self.cases: list[Case] = [self.case]
        self.asked: dict[str, int] = {}
        self.decided: Counter[date] = Counter()
        self.flags: dict[str, str] = {}

    def hear(
        self, message: Message, debtor: Debtor, touched: Callable[[PlannedContact], None]
    ) -> Debtor:
        """Heed the customer's flags, then hear it, and note what was agreed."""
        self._heed(self.flags.get(message.key, ""))
        self.decided.clear()
        before = self.case.open
        left = super().hear(message, debtor, touched)
        self.cases.append(self.case)
        for promise in self.case.promises:
            if promise.key == message.key:
                self.asked[promise.key] = min(before, promise.amount or before)
        return left

    def _heed(self, flag: str) -> None:
        known = self.home.customer
        if flag == "vulnerable":
            self.home.customer = replace(known, vulnerable=True)
        elif flag == "do_not_contact":
            self.home.customer = replace(known, do_not_contact=True)
        elif flag == "free":
            self.home.customer = replace(known, vulnerable=False, do_not_contact=False)
        elif flag:
            # Half of it is money and half of it a credit note: they count alike.
            half = (("EUR", 25000),) if flag == "lies" else ()
            self.home.customer = replace(known, unallocated=half, credit_notes=half)
        self.home.version += bool(flag)

    def add(self, deed: Deed, point: str = "") -> None:
        """Note how the case stood, then remember what was done."""
        self.seen_deeds.append(Seen(self.case, self.home.customer, deed))
        if deed.reached_debtor:
            self.home.pending.append(deed)
        super().add(deed, point)
        self.cases.append(self.case)

    def decide(self, customer: Customer, now: datetime) -> Action:
        """Count how often a case decides on one day without news."""
        day = self.calendar.local_date(now)
        self.decided[day] += 1
        assert self.decided[day] <= 24, "a hot loop"
        return super().decide(customer, now)


def in_three(due: date, apart: int) -> tuple[InvoicePart, ...]:
    """Terms in three parts so many days apart; none where they would fall on one day."""
    if not apart:
        return ()
    sums = (50000, 30000, 20000)
    return tuple(
        InvoicePart(day=due + timedelta(days=number * apart), minor=minor)
        for number, minor in enumerate(sums)
    )


class Street:
    """One customer's whole life, played to its end."""

    def __init__(self, home: Home) -> None:
        self.policy = home.policy
        self.debtor = replace(reached_by(home.reach), zone="Europe/Berlin", country="DE")
        self.calendar: Calendar = debtor_calendar(self.policy, self.debtor)
        self.home = WatchedHome(debtor=self.debtor)
        self.start = self.calendar.start_of(date(2026, 1, 5))
        self.last = self.start + timedelta(hours=sum(w.hours for w in home.words), days=60)
        self.ends = self.last + AFTER
        self.world = World()
        apart = (*home.parts, *(0 for _ in home.dues))
        self.lives = [self._life(n, *due, apart[n]) for n, due in enumerate(home.dues)]
        at = self.start
        for number, word in enumerate(home.words):
            at += timedelta(hours=word.hours)
            self._tell(number, at, word)
        self.world.run(self._goes_on)

    def _goes_on(self, number: int) -> bool:
        assert number < 20000, "it never ends"
        return True

    def _life(self, number: int, later: int, term: int, has_discount: bool, apart: int) -> Watched:
        issued = date(2026, 1, 5) + timedelta(days=later)
        due = issued + timedelta(days=term)
        invoice = Invoice(
            creditor="acme",
            number=f"R-{number}",
            customer="C-1",
            issued=issued,
            due=due,
            amount=parse_money("1000.00", "EUR"),
            opened_at=self.calendar.start_of(issued),
            discount=Discount(minor=2000, until=issued + timedelta(days=10))
            if has_discount
            else None,
            terms=in_three(due, apart),
        )
        state = CaseState(
            invoice=invoice, policy=self.policy, debtor=self.debtor, now=invoice.opened_at
        )
        life = Watched(state, self.ends, self.home)
        self.world.settle(life, self.home)
        self.world.expect(life, invoice.opened_at, lambda: None)
        return life

    def _tell(self, number: int, at: datetime, word: Word) -> None:
        if word.flag:
            for life in self.lives:
                key = f"flag-{number}"
                life.flags[key] = word.flag
                self._expect(life, at, Message(key=key, kind=MessageType.NUDGE, at=at))
        life = self.lives[word.invoice % len(self.lives)]
        at = max(at, life.invoice.opened_at)  # nobody speaks of an invoice that is not there yet
        self._expect(life, at, self._message(f"m-{number}", at, word))

    def _expect(self, life: Watched, at: datetime, message: Message) -> None:
        self.world.expect(life, max(at, life.invoice.opened_at), message)

    def _message(self, key: str, at: datetime, word: Word) -> Message:
        day = self.calendar.local_date(at) + timedelta(days=word.days) if word.days else None
        kind, amount, reason = word.kind, word.amount, word.reason
        if kind in (MessageType.PAYMENT, MessageType.CREDIT_NOTE) and not amount:
            amount = "400.00"
        if kind is MessageType.AGENCY_NEWS:
            reason = "returned"
        if kind in AGREEING:
            reason = word.schedule
        lag = word.lag if kind is MessageType.PAYMENT else 0
        ref = ""
        if kind is MessageType.CONTACT_NEWS:
            reason, ref = ("opted_out", "sms") if word.approved else told_of(word)
        if kind in (MessageType.TAKEN_BACK, *STEERING):
            reason, ref = "met", self._meant(key, word)
        return Message(
            key=key,
            kind=kind,
            at=max(self.start, at - timedelta(hours=lag)),
            amount=parse_money(amount, "EUR") if amount else None,
            day=day,
            reason=reason,
            ref=ref,
            approved_by="boss" if word.approved and kind is MessageType.PROMISE else "",
        )

    def _meant(self, key: str, word: Word) -> str:
        """The message just before, or one of the policy's steps."""
        if word.kind is MessageType.TAKEN_BACK:
            return f"m-{int(key.removeprefix('m-')) - 1}"
        return self.policy.steps[word.hours % len(self.policy.steps)].id

    @property
    def contacts(self) -> tuple[PlannedContact, ...]:
        """The contact book at the end."""
        return self.home.customer.contacts


def told_of(word: Word) -> tuple[str, str]:
    """News about a message, and its channel."""
    reasons = ("bounced", "unreached", "replied", "opened", "bounced", "delivered")
    return reasons[word.hours % len(reasons)], "sms" if word.lag else "email"


def money_lies_there(street: Street, seen: Seen) -> bool:
    """Money, credit notes or another invoice's surplus of that currency wait for a person."""
    customer = seen.customer.without(seen.case.invoice.case_id)
    lies = customer.in_favour("EUR") >= smallest(street.policy)
    return lies and street.policy.money.unallocated != "warn"


def worth_asking(street: Street, seen: Seen) -> bool:
    """What may be chased is worth it: alone, or with the small rests of the customer."""
    least, case = smallest(street.policy), seen.case
    if case.undisputed >= least:
        return True
    mine = case.invoice.case_id
    rests = (
        share.rest
        for share in seen.customer.shares
        if share.case != mine and share.since and share.since <= seen.deed.at
    )
    return case.undisputed > 0 and case.undisputed + sum(rests) >= least


def smallest(policy: Policy) -> int:
    """Below it nothing is chased; minor units."""
    return policy.smallest_chased("EUR")
