"""One simulated case: what was said to it, what was done, and what it plans."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from domain.agreements.reducer import fixed
from domain.calendar import Calendar
from domain.calls.meaning import meant_by
from domain.calls.results import touch_of
from domain.case.facts import Action, Facts
from domain.case.invoice import Invoice
from domain.case.model import Case, Deed, Message
from domain.case.news import meant_deed
from domain.contact.contact_book import closed_channels
from domain.contact.delivery_news import told_by
from domain.contact.routes import ContactRoute, SentTo, after_news, used_before, ways_for
from domain.decision.deeds import WITHOUT_DELAY, deed_done
from domain.decision.sharing import share_of
from domain.decision.state import CaseState
from domain.message_types import MessageType
from domain.parties.customer import Customer, InvoiceShare, PlannedContact
from domain.parties.people import Debtor
from domain.policy.classes import History
from domain.policy.model import Policy

_NOTHING_SENT: SentTo = MappingProxyType({})


class SimulatedCase:
    """One case in the small world.

    Attributes:
        state: what is known of it; what is said and done makes it another.
        ends_at: nothing is done at or after this instant.
        version: counts its plans: only the newest counts.
        seen: the version of the contact book that the newest plan has seen.
        sent: the point to which each message went, by step and episode.
        place: its place among its customer's cases.
        ahead: why each planned step would be done, by name, while it is still to come.
    """

    def __init__(self, state: CaseState, ends_at: datetime, sent: SentTo = _NOTHING_SENT) -> None:
        self.state = state
        self.ends_at = ends_at
        self.version = self.seen = self.place = 0
        self.sent: dict[tuple[str, int], str] = dict(sent)
        self.ahead: dict[str, str] = {}
        self.planned: Action | None = None
        self.planned_at: datetime | None = None

    @property
    def invoice(self) -> Invoice:
        """What was invoiced."""
        return self.state.invoice

    @property
    def case(self) -> Case:
        """The case as it stands."""
        return self.state.case

    @property
    def number(self) -> str:
        """The invoice's number."""
        return self.invoice.number

    @property
    def policy(self) -> Policy:
        """The policy that the case follows."""
        return self.state.policy

    @property
    def calendar(self) -> Calendar:
        """The debtor's calendar."""
        return self.state.calendar

    @property
    def deeds(self) -> tuple[Deed, ...]:
        """What was done."""
        return self.case.deeds

    def facts(self, customer: Customer, now: datetime) -> Facts:
        """Make the facts for the rules at an instant."""
        return self.state.seen(now, customer).facts

    def knows(self, debtor: Debtor) -> None:
        """The ways to the customer that are known meanwhile count for what comes next."""
        self.state = self.state.reached_as(debtor)

    def opens(self, history: History) -> None:
        """The history of this day makes the class by which the customer is chased from now on."""
        self.state = replace(self.state, history=history)

    def hear(
        self, message: Message, debtor: Debtor, touched: Callable[[PlannedContact], None]
    ) -> Debtor:
        """Take in a message; answers how the customer can be reached from now on."""
        meant = meant_by(message, self.case, self.calendar)
        heard = [said for said in (meant.call, *meant.also) if self._hear(said)]
        what = touch_of(message) if meant.call in heard else None
        if what:
            touched(PlannedContact(at=message.at, what=what, channel=message.channel or "phone"))
        for said in heard:
            debtor = self._after_news(debtor, said)
        return debtor

    def _hear(self, message: Message) -> bool:
        """Whether a message counts."""
        heard = self.state.told(message)
        kept = fixed(message, heard.case)
        # What was there already does not keep a promise: one that was fixed is folded anew.
        self.state = heard if kept is message else self.state.told(kept)
        return message.key not in heard.folded.refused

    def _after_news(self, debtor: Debtor, message: Message) -> Debtor:
        if message.kind is not MessageType.CONTACT_NEWS:
            return debtor
        told = told_by(message)
        deed = meant_deed(self.case.deeds, told)
        point = (self.sent.get((deed.step, deed.episode)) if deed else "") or ""
        first = debtor.reach(told.channel) or debtor.point(told.channel)
        return after_news(debtor, message.reason, told.channel, point or first)

    def ways(
        self, debtor: Debtor, customer: Customer, action: Action, now: datetime
    ) -> tuple[ContactRoute, ...]:
        """List the routes of a message; a repeated one goes no route that it went before."""
        if not action.channels:
            return ()
        closed = closed_channels(customer, self.policy, self.calendar, now)
        return ways_for(debtor, action, self._used(action.step), closed)

    def may_go(self, action: Action, way: tuple[str, str]) -> bool:
        """Tell whether an action's message may join one that goes this route."""
        return way not in self._used(action.step)

    def _used(self, step: str) -> tuple[tuple[str, str], ...]:
        return used_before(self.case, step, self.sent)

    def add(self, deed: Deed, point: str = "") -> None:
        """Record what was done, and where a message went."""
        if any((d.step, d.episode) == (deed.step, deed.episode) for d in self.state.deeds):
            raise RuntimeError(f"{self.number}: {deed.step} would be done twice")
        if point:
            self.sent[deed.step, deed.episode] = point
        self.state = self.state.done(deed)

    def is_running(self) -> bool:
        """Tell whether the case has not ended."""
        return not (self.case.closed and self.case.outcome)

    def share(self) -> InvoiceShare:
        """Find what the case means for the customer's others, as it was looked at last."""
        return share_of(self.state.facts, self.policy)

    def peek(self, customer: Customer, now: datetime) -> Action:
        """Ask the rules at an instant, without doing anything."""
        action = self.state.seen(now, customer.foreseen).next_action
        if action.ahead:
            self.ahead[action.step] = action.ahead
        return action

    def decide(self, customer: Customer, now: datetime) -> Action:
        """Decide what comes next, and do on the way what changes nothing but the record."""
        self.state = self.state.at(now)
        action = self.peek(customer, now)
        while action.do in WITHOUT_DELAY:
            self.add(deed_done(self.facts(customer, now), action, now))
            action = self.peek(customer, now)
        return action
