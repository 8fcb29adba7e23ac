"""Dated stories about one invoice, played by the simulator: pure, without servers or clocks."""

# One thing: the words in which stories are told and asked about, each a line or two.

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Any, Self
from zoneinfo import ZoneInfo

from domain.calendar import Calendar
from domain.case.facts import Action, Facts
from domain.case.invoice import InvoicePart
from domain.case.model import Case, Deed, Invoice, Message
from domain.decision.deeds import stage_of
from domain.decision.state import CaseState
from domain.fold.fold import Folded
from domain.interest.added_rates import AddedRate
from domain.message_types import MessageType, Outcome, Stage
from domain.money import parse_money
from domain.parties.customer import NOBODY_KNOWN, Customer, PlannedContact
from domain.parties.people import CHANNELS, Debtor
from domain.policy.model import Policy
from domain.policy.policy_file import standard_policy
from domain.simulation.ahead import HORIZON, deeds_ahead
from domain.simulation.case import SimulatedCase
from domain.simulation.world import Household, World
from tests.reaching import reached_by

MOST_A_DAY = 24
"""A case that decides more often on one day without news runs in a circle."""


class _Forgetful(Household):
    """A customer without a contact book.

    It keeps the same gap over all invoices of a customer, and would hide a ladder that does not.
    """

    def touched(self, contact: PlannedContact) -> None:
        """Forget it."""


class Story:
    """One invoice, what is said about it, and what is done: times are the debtor's.

    Attributes:
        now: how far it has been told.
        home: the customer, of whom no contact is remembered.
    """

    def __init__(
        self,
        *,
        issued: str = "2026-01-05",
        due: str = "2026-02-04",
        amount: str = "1000.00",
        opened: str = "",
        policy: Policy | None = None,
        customer_class: str = "good",
        reach: Iterable[str] = ("email", "sms"),
        place: tuple[str, str] = ("Europe/Berlin", "DE"),
        customer: Customer = NOBODY_KNOWN,
        rates: tuple[AddedRate, ...] = (),
        terms: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._zone, country = place
        self._busy: Counter[date] = Counter()
        self.now = self.at(opened or issued)
        self.home = _Forgetful(debtor=reached_by(tuple(reach)), customer=customer)
        invoice = Invoice(
            creditor="acme",
            number="R-1",
            customer="C-1",
            issued=date.fromisoformat(issued),
            due=date.fromisoformat(due),
            amount=parse_money(amount, "EUR"),
            opened_at=self.now,
            terms=tuple(
                InvoicePart(day=date.fromisoformat(day), minor=parse_money(sum_, "EUR").minor)
                for day, sum_ in terms.items()
            ),
        )
        debtor = Debtor(id="C-1", zone=self._zone, country=country, customer_class=customer_class)
        chosen = policy or standard_policy()
        state = CaseState(invoice=invoice, policy=chosen, debtor=debtor, now=self.now, rates=rates)
        self._life, self._world = _Life(self, state), World()
        self._world.settle(self._life, self.home)
        self.home.opens(self.now)

    def at(self, when: str) -> datetime:
        """The instant of ``2026-02-05`` (its first moment) or ``2026-02-05 14:30``."""
        wall = datetime.fromisoformat(when)
        return wall.replace(tzinfo=ZoneInfo(self._zone)).astimezone(UTC)

    @property
    def state(self) -> CaseState:
        """All that is known, and what follows from it now."""
        return self._life.state.reached_as(self.home.debtor).seen(self.now, self.home.customer)

    @property
    def folded(self) -> Folded:
        """All that is known, put together."""
        return self.state.folded

    @property
    def case(self) -> Case:
        """Where the case stands."""
        return self.state.case

    @property
    def facts(self) -> Facts:
        """What the rules look at."""
        return self.state.facts

    @property
    def next(self) -> Action:
        """What comes next, and why."""
        return self.state.next_action

    @property
    def calendar(self) -> Calendar:
        """The debtor's calendar."""
        return self.state.calendar

    @property
    def stage(self) -> Stage:
        """Where the case stands, as the Temporal UI filters it."""
        return stage_of(self.case, self.calendar, self.now)

    @property
    def messages(self) -> list[Message]:
        """What was said."""
        return list(self.state.messages)

    @property
    def deeds(self) -> list[Deed]:
        """What was done, as it was written down."""
        return list(self.state.deeds)

    @property
    def sent(self) -> dict[tuple[str, int], str]:
        """Where each message went; empty if it went nowhere."""
        keys = ((deed.step, deed.episode) for deed in self.deeds)
        return {key: self._life.sent.get(key, "") for key in keys}

    @property
    def policy(self) -> Policy:
        """The policy that the case follows."""
        return self.state.policy

    @policy.setter
    def policy(self, policy: Policy) -> None:
        self._life.state = replace(self._life.state, policy=policy)

    @property
    def invoice(self) -> Invoice:
        """What was invoiced."""
        return self.state.invoice

    @invoice.setter
    def invoice(self, invoice: Invoice) -> None:
        self._life.state = replace(self._life.state, invoice=invoice)

    def says(
        self, when: str, kind: MessageType, amount: str = "", day: str = "", **more: Any
    ) -> str:
        """Live up to an instant, hear a message there; answers why it is refused, or nothing."""
        return self.hears(self.at(when), kind, amount, day, **more)

    def hears(
        self, at: datetime, kind: MessageType, amount: str = "", day: str = "", **more: Any
    ) -> str:
        """The same at an instant in UTC."""
        self.live(at)
        message = Message(
            key=more.pop("key", f"m{len(self.messages)}"),
            kind=kind,
            at=at,
            amount=parse_money(amount, "EUR") if amount else None,
            day=date.fromisoformat(day) if day else None,
            **more,
        )
        self.records(message)
        refusal = self.folded.refused.get(message.key)
        return refusal.text if refusal else ""

    def records(self, message: Message) -> None:
        """Hear a message now, whenever it is said to have happened."""
        self._busy.clear()
        self.home.debtor = self._life.hear(message, self.home.debtor, self.home.touched)

    def did(self, deed: Deed) -> None:
        """Something was done that no rule asked for."""
        self._life.add(deed)

    def until(self, day: str) -> Self:
        """Live to the end of a day."""
        self.live(self.at(day) + timedelta(days=1))
        return self

    def live(self, end: datetime) -> None:
        """Do what the rules want before an instant: what is said at it comes first."""
        if end > self.now:
            self._world.plan(self._life, self.now)
            self._world.run_until(end)
            self.now = end

    def does(self, deed: Deed) -> None:
        """Something is about to be done: the case still stands as it stood before."""
        today = self.calendar.local_date(deed.at)
        self._busy[today] += 1
        assert self._busy[today] <= MOST_A_DAY, f"a hot loop at {deed}"

    @property
    def reach(self) -> Iterable[str]:
        """The channels by which the customer can be reached."""
        return [channel for channel in CHANNELS if self.home.debtor.reach(channel)]

    @reach.setter
    def reach(self, channels: Iterable[str]) -> None:
        self.home.debtor = reached_by(tuple(channels))

    def sleep(self, when: str) -> None:
        """Nothing runs until an instant: an outage."""
        self.now = self.at(when)

    def foresee(self, most: int = 100) -> list[Deed]:
        """What will happen if nobody says another word, to a customer with a contact book."""
        case = SimulatedCase(self.state, HORIZON, self._life.sent)
        home = Household(debtor=self.home.debtor, customer=self.home.customer)
        return deeds_ahead(case, [case], home, self.now, most)

    @property
    def diary(self) -> list[str]:
        """What was done, as lines like ``2026-02-05 remind polite``, in the debtor's days."""
        return [_line(deed, self.calendar.local_date(deed.at)) for deed in self.deeds]

    def since(self, day: str) -> list[str]:
        """The diary from a day on."""
        return [line for line in self.diary if line >= day]

    @property
    def outcome(self) -> Outcome | None:
        """How the case ended."""
        return self.case.outcome if self.case.closed else None


class _Life(SimulatedCase):
    """The story's case: whatever is done, the story sees it before."""

    def __init__(self, story: Story, state: CaseState) -> None:
        super().__init__(state, HORIZON)
        self._story = story

    def add(self, deed: Deed, point: str = "") -> None:
        """Show it to the story, then remember what was done."""
        self._story.does(deed)
        super().add(deed, point)


def _line(deed: Deed, day: date) -> str:
    missed = " (reached nobody)" if deed.result == "rejected" else ""
    return f"{day} {deed.do.value} {deed.step}{missed}"


def contacts(deeds: Iterable[Deed]) -> list[Deed]:
    """Those deeds that the debtor reads."""
    return [deed for deed in deeds if deed.is_message]


def handed_off() -> Story:
    """A silent case that went to the agency on 17 March."""
    return Story().until("2026-03-17")
