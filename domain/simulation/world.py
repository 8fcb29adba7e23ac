"""Simulates the cases of customers together, moved strictly one deed at a time.

The rehearsal by rules and every preview run it. It knows what the deeds know: the contact book of
each customer, what goes out together, and the look last, for what was planned may have moved when
another invoice spoke first.
"""

# One thing: how one deed of a customer moves the plans of all of its cases.

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from domain.case.facts import Action
from domain.case.model import Message
from domain.contact.contact_book import was_written
from domain.contact.routes import NOWHERE, ContactRoute
from domain.decision.answering.account_statements import (
    forbids_account_statement,
    is_account_statement,
    keeps_apart_until,
)
from domain.decision.bundling import (
    BEFORE_A_BROKEN_WORD,
    JOINING,
    LOOKED_AT_TOGETHER,
    TASKS_TOGETHER,
    Sending,
    firmness,
    gives_way_until,
    horizon,
    in_one,
    joining,
    may_be_shared,
    minute_after,
    one_instant,
    sending_of,
    shared_deadline,
    waits_for_what_was_broken,
    with_deadline,
    words_count_until,
)
from domain.decision.deeds import deed_done, earliest, result_for
from domain.decision.sharing import nudge_of
from domain.message_types import MESSAGES_TO_DEBTOR, ActionType, MessageType, Result
from domain.parties.customer import NOBODY_KNOWN, Customer, PlannedContact, Touch
from domain.parties.people import Debtor
from domain.simulation.agenda import Agenda
from domain.simulation.case import SimulatedCase

OPENING, EVENT, DEED = range(3)
"""At one instant cases open first, then events are heard, then deeds are done."""

_Item = tuple[SimulatedCase, Action]


MessageSeen = Callable[[list[_Item], "Household", ContactRoute, datetime], None]
"""Is told each message before it is recorded."""

_TOGETHER = (*LOOKED_AT_TOGETHER, *TASKS_TOGETHER, *BEFORE_A_BROKEN_WORD)
"""What several cases of a customer may do together, and what a letter about others waits for."""


@dataclass(slots=True, kw_only=True)
class Household:
    """One customer with all its cases, open or closed.

    Attributes:
        debtor: how the customer can be reached.
        version: grows whenever the contact book does.
        agenda: for which instants its cases plan what several of them may do together.
        stirred: the cases that were planned anew since somebody took them out of here.
    """

    debtor: Debtor
    customer: Customer = NOBODY_KNOWN
    lives: list[SimulatedCase] = field(default_factory=list)
    version: int = 0
    agenda: Agenda = field(default_factory=Agenda)
    stirred: dict[int, SimulatedCase] = field(default_factory=dict)

    def takes_in(self, life: SimulatedCase) -> None:
        """Add a case to the customer's others."""
        life.place = len(self.lives)
        self.lives.append(life)

    def plans(self, life: SimulatedCase, action: Action, at: datetime | None) -> None:
        """Note what one of the cases does next, and when."""
        life.planned, life.planned_at = action, at
        self.agenda.plan(life.place, at if action.do in _TOGETHER else None)
        self.stirred[life.place] = life

    def others_up_to(self, life: SimulatedCase, until: datetime) -> list[SimulatedCase]:
        """List the other cases that plan something by an instant which several may do together."""
        return [self.lives[place] for place in self.agenda.up_to(until) if place != life.place]

    def touched(self, contact: PlannedContact) -> None:
        """Add an entry to the contact book."""
        self.customer = self.customer.touched(contact)
        self.version += 1

    def opens(self, at: datetime) -> None:
        """Take in that one of the customer's invoices was opened."""
        self.customer = self.customer.with_opening(at)
        self.version += 1


class World:
    """Moves cases strictly by (instant, events before deeds, invoice, order of the step)."""

    def __init__(self, saw: MessageSeen | None = None) -> None:
        self._saw = saw or _unseen
        self._count = itertools.count()
        self._queue: list[tuple[datetime, int, str, int, int, SimulatedCase, object, int]] = []
        self._homes: dict[int, Household] = {}
        self._nudges = itertools.count(1)

    def settle(self, life: SimulatedCase, home: Household) -> None:
        """Record which customer a case belongs to."""
        self._homes[id(life)] = home

    def expect(self, life: SimulatedCase, at: datetime, what: Message | Callable[[], None]) -> None:
        """Schedule a message to a case, or its opening, for an instant."""
        phase = EVENT if isinstance(what, Message) else OPENING
        self._push(at, phase, life, what)

    def run(self, goes_on: Callable[[int], bool] = lambda _: True) -> None:
        """Run to the end, or until a condition holds that is asked after every step."""
        for number in itertools.count(1):
            if not self._queue:
                return
            self._step()
            if not goes_on(number):
                return

    def run_until(self, end: datetime) -> None:
        """Play all that comes before an instant."""
        while self._queue and self._queue[0][0] < end:
            self._step()

    def enter(self, life: SimulatedCase, now: datetime) -> None:
        """Add a case to its customer's others, and decide what comes next for it."""
        home = self._home(life)
        home.takes_in(life)
        home.opens(life.invoice.opened_at)
        self.plan(life, now)

    def plan(self, life: SimulatedCase, now: datetime, wanted: Action | None = None) -> None:
        """Decide anew, unless that was just done; whatever was planned before is void."""
        home = self._home(life)
        life.version += 1
        life.seen = home.version
        life.knows(home.debtor)
        action = wanted or life.decide(home.customer, now)
        at = earliest(action, now, life.calendar)
        home.plans(life, action, at)
        if at is not None and max(at, now) < life.ends_at:
            self._push(max(at, now), DEED, life, action, action.order)
        self._tell_the_others(life, now)

    def _tell_the_others(self, life: SimulatedCase, now: datetime) -> None:
        """Let the customer's other cases decide anew where an invoice's share changed for all."""
        home, share = self._home(life), life.share()
        before, after = home.customer, home.customer.with_share(share)
        if after == before:
            return
        home.customer = after
        home.version += 1
        life.seen = home.version
        nudge = nudge_of(share, before, after, life.policy)
        if nudge is None:
            return
        key = f"share/{next(self._nudges)}"
        told = Message(key=key, kind=MessageType.NUDGE, at=now, ref=nudge.ref)
        for other in [one for one in home.lives if one is not life and one.is_running()]:
            if nudge.cases and other.invoice.case_id not in nudge.cases:
                continue
            home.debtor = other.hear(told, home.debtor, home.touched)
            self.plan(other, now)

    def _home(self, life: SimulatedCase) -> Household:
        return self._homes[id(life)]

    def _push(
        self, at: datetime, phase: int, life: SimulatedCase, what: object, order: int = 0
    ) -> None:
        entry = (at, phase, life.number, order, next(self._count), life, what, life.version)
        heapq.heappush(self._queue, entry)

    def _step(self) -> None:
        at, phase, _, _, _, life, what, version = heapq.heappop(self._queue)
        if phase == OPENING and callable(what):
            what()
            self.enter(life, at)
        elif isinstance(what, Message):
            home = self._home(life)
            home.debtor = life.hear(what, home.debtor, home.touched)
            self.plan(life, at)
        elif isinstance(what, Action) and version == life.version:
            self._look_last(life, what, at)

    def _look_last(self, life: SimulatedCase, action: Action, now: datetime) -> None:
        """What was planned is done, unless another invoice's message has moved it meanwhile."""
        home = self._home(life)
        if life.seen != home.version:
            life.seen = home.version
            life.knows(home.debtor)
            wanted = life.decide(home.customer, now)
            at = earliest(wanted, now, life.calendar)
            if wanted.step != action.step or at is None or at > now:
                self.plan(life, now, wanted)
                return
            action = wanted
        for other in self._carry_out(life, action, now):
            self.plan(other, now)

    def _carry_out(self, life: SimulatedCase, action: Action, now: datetime) -> list[SimulatedCase]:
        """Do what was decided; answers the cases that it was done for."""
        home = self._home(life)
        if self._gives_way(life, action, now) or self._waits_a_minute(life, action, now):
            return []
        if action.do in TASKS_TOGETHER:
            return self._ask_people(life, action, now)
        if self._lets_statement_go(life, action, now):
            self._record(life, action, now, (Result.REJECTED, NOWHERE))
            return [life]
        way = next(iter(life.ways(home.debtor, home.customer, action, now)), NOWHERE)
        result = result_for(action, way.channel)
        if action.do not in MESSAGES_TO_DEBTOR or result is Result.REJECTED:
            self._record(life, action, now, (result, way))
            return [life]
        return self._say(life, action, now, way)

    def _say(
        self, life: SimulatedCase, action: Action, now: datetime, way: ContactRoute
    ) -> list[SimulatedCase]:
        """Write to the customer, with all that goes along."""
        home = self._home(life)
        sending = sending_of(action, life.policy, way, now)
        joined = list(self._joined(life, action, sending))
        at = one_instant(sending, (step for _, step in joined))
        own = action if at == sending.at else replace(action, at=at)
        items = [(life, own), *((case, replace(step, at=at)) for case, step in joined)]
        _, words = max(items, key=lambda item: firmness(item[1], item[0].case))
        days = shared_deadline(words, (one for _, one in items))
        self._saw(items, home, way, now)
        for case, step in items:
            self._record(case, with_deadline(step, days), now, (Result.ACCEPTED, way))
        what, count = was_written(action), len(items)
        home.touched(PlannedContact(at=at, what=what, channel=way.channel, cases=count))
        return [case for case, _ in items]

    def _gives_way(self, life: SimulatedCase, action: Action, now: datetime) -> bool:
        """A question waits until a word about another invoice was said."""
        if action.do is not ActionType.CONFIRM:
            return False
        home = self._home(life)
        facts = life.facts(home.customer, now)
        planned = [
            (other.planned_at, other.case.printed_due)
            for other in home.others_up_to(life, words_count_until(now, facts, life.policy))
            if other.planned_at and _wants_to_write(other)
        ]
        later = gives_way_until(now, facts, life.policy, planned)
        if later is None or later <= now:
            return False
        home.plans(life, action, later)
        self._push(later, DEED, life, action, action.order)
        return True

    def _waits_a_minute(self, life: SimulatedCase, action: Action, now: datetime) -> bool:
        """A letter waits for the word about what was not kept of another invoice."""
        home = self._home(life)
        others = home.others_up_to(life, minute_after(action, now))
        planned = (
            other.planned.step
            for other in others
            if other.planned and other.planned.do in BEFORE_A_BROKEN_WORD and not other.case.outcome
        )
        later = waits_for_what_was_broken(action, now, planned)
        if later is None:
            return False
        home.plans(life, action, later)
        self._push(later, DEED, life, action, action.order)
        return True

    def _lets_statement_go(self, life: SimulatedCase, action: Action, now: datetime) -> bool:
        """Whether another invoice of the customer forbids the overview of all that is open."""
        if not is_account_statement(action):
            return False
        home = self._home(life)
        until = keeps_apart_until(action, life.facts(home.customer, now), life.policy, now)
        others = [other.case for other in home.lives if other is not life and other.case.open > 0]
        writes = any(_wants_to_write(other) for other in home.others_up_to(life, until))
        return writes or forbids_account_statement(others)

    def _ask_people(
        self, life: SimulatedCase, action: Action, now: datetime
    ) -> list[SimulatedCase]:
        """One call, or one note, about all invoices that are due for it."""
        sending = sending_of(action, life.policy, NOWHERE, now)
        items = [(life, action), *self._joined(life, action, sending)]
        for case, step in items:
            one = in_one(step, life.number, len(items))
            self._record(case, one, now, (Result.DONE, NOWHERE))
        if action.do is ActionType.CALL_TASK:
            asked = PlannedContact(at=sending.at, what=Touch.CALL_PLANNED, cases=len(items))
            self._home(life).touched(asked)
        return [case for case, _ in items]

    def _joined(self, life: SimulatedCase, action: Action, sending: Sending) -> Iterator[_Item]:
        """The customer's other cases that go out with a message, by due date and number."""
        if not may_be_shared(action, life.policy):
            return
        until = horizon(sending, life.calendar)
        home = self._home(life)
        settled = home.customer.settled
        for other in home.others_up_to(life, until):
            if not _wants_to_join(other, sending, until):
                continue
            wanted = other.peek(settled, sending.at)
            step = joining(other.facts(home.customer, sending.at), other.policy, wanted, sending)
            if step and other.may_go(step, sending.way.as_used):
                yield other, step

    def _record(
        self, life: SimulatedCase, action: Action, now: datetime, went: tuple[Result, ContactRoute]
    ) -> None:
        facts, (result, way) = life.facts(self._home(life).customer, now), went
        life.add(deed_done(facts, action, now, result, way.channel), way.point)


def _unseen(items: list[_Item], home: Household, way: ContactRoute, now: datetime) -> None:
    """Tell nobody about a message."""


def _wants_to_write(life: SimulatedCase) -> bool:
    return bool(life.planned and life.planned.do in JOINING and not life.case.outcome)


def _wants_to_join(life: SimulatedCase, sending: Sending, until: datetime) -> bool:
    action, at = life.planned, life.planned_at
    wants = action and at and action.do in sending.kinds and at <= until
    return bool(wants and not life.case.outcome)
