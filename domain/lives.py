"""One case in a world in memory: what was said to it, what was done, and what it plans."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from domain.agreeing import fixed
from domain.calendar import Calendar
from domain.calls import touch_of
from domain.case import Case, Deed, Message
from domain.customer import Contact, Customer
from domain.deeds import AT_ONCE, done
from domain.facts import Action, Facts
from domain.fold import BOUNCED, OPTED_OUT, Folded, fold, with_deed
from domain.invoice import Invoice
from domain.kinds import Kind
from domain.moves import Ground
from domain.people import CHANNELS
from domain.policy import Policy
from domain.rules import next_action


class Life:
    """One case in the small world.

    Attributes:
        customer_class: the class by which it is chased; fixed when it is opened.
        ends_at: nothing is done at or after this instant.
        version: counts its plans: only the newest counts.
        seen: the version of the contact book that the newest plan has seen.
    """

    def __init__(self, invoice: Invoice, ground: Ground, ends_at: datetime) -> None:
        self.invoice = invoice
        self.ends_at = ends_at
        self.customer_class = "new"
        self.version = self.seen = 0
        self.planned: Action | None = None
        self.planned_at: datetime | None = None
        self._ground = ground
        self._said: list[Message] = []
        self._deeds: tuple[Deed, ...] = ()
        self.case: Case = self._folded().case

    def remember(self, said: Iterable[Message], deeds: Iterable[Deed]) -> None:
        """What was said and done before this world began."""
        self._said, self._deeds = list(said), tuple(deeds)
        self.case = self._folded().case

    @property
    def number(self) -> str:
        """The invoice's number."""
        return self.invoice.number

    @property
    def policy(self) -> Policy:
        """The policy that the case follows."""
        return self._ground.policy

    @property
    def calendar(self) -> Calendar:
        """The debtor's calendar."""
        return self._ground.calendar

    @property
    def deeds(self) -> tuple[Deed, ...]:
        """What was done."""
        return self.case.deeds

    def facts(self, customer: Customer) -> Facts:
        """What the rules look at."""
        return Facts(self.case, self.calendar, self.customer_class, customer)

    def hear(
        self, message: Message, reach: frozenset[str], touched: Callable[[Contact], None]
    ) -> frozenset[str]:
        """Something was said; answers by which channels the customer can still be reached."""
        self._said.append(message)
        folded = self._folded()
        self.case = folded.case
        self._said[-1] = fixed(message, self.case)
        if self._said[-1] is not message:  # what was there already does not keep a promise
            self.case = self._folded().case
        if message.key in folded.refused:
            return reach
        what = touch_of(message)
        if what:
            touched(Contact(at=message.at, what=what, channel=message.channel or "phone"))
        return reach - _lost(message)

    def add(self, deed: Deed) -> None:
        """Remember what was done."""
        if any((d.step, d.episode) == (deed.step, deed.episode) for d in self._deeds):
            raise RuntimeError(f"{self.number}: {deed.step} would be done twice")
        self._deeds = (*self._deeds, deed)
        self.case = self._folded().case if deed.charged else with_deed(self.case, deed)

    def peek(self, customer: Customer, now: datetime) -> Action:
        """What the rules want at an instant, without doing anything."""
        return next_action(self.facts(customer), self.policy, now)

    def decide(self, customer: Customer, now: datetime) -> Action:
        """What comes next; what changes nothing but the record is done on the way."""
        action = self.peek(customer, now)
        while action.do in AT_ONCE:
            self.add(done(self.facts(customer), action, now))
            action = self.peek(customer, now)
        return action

    def _folded(self) -> Folded:
        return fold(self.invoice, self._said, self._deeds, self._ground)


def _lost(message: Message) -> frozenset[str]:
    """The channels that a message closes: dead, or not wanted any more."""
    if message.kind is not Kind.CONTACT_NEWS or message.reason not in (BOUNCED, OPTED_OUT):
        return frozenset()
    return frozenset((message.ref,) if message.ref else CHANNELS)
