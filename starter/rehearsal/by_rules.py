"""The rehearsal in memory: the pure function run forward over a small world, one deed at a time."""

from __future__ import annotations

import heapq
import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime

from domain.agreeing import fixed
from domain.case import Case, Deed, Message
from domain.classes import class_of
from domain.deeds import AT_ONCE, done, earliest, result_for
from domain.facts import Action, Facts
from domain.fold import fold, with_deed
from domain.moves import Ground
from domain.policy import Policy
from domain.record import history_of, record_of
from domain.rules import next_action
from starter.rehearsal.script import Line, Part, in_order, lines

OPENING, EVENT, DEED = range(3)
"""At one instant cases open first, then events are heard, then deeds are done."""

Beat = Callable[[int], None]


class Life:
    """One case in the small world."""

    def __init__(self, part: Part, policy: Policy) -> None:
        self.part = part
        self.said: list[Message] = []
        self.deeds: tuple[Deed, ...] = ()
        self.customer_class = "new"
        self.version = 0
        self._policy = policy
        self._ground = Ground(policy, part.calendar, part.debtor.consumer)
        self.case: Case = self._folded()

    @property
    def facts(self) -> Facts:
        """What the rules look at."""
        return Facts(self.case, self.part.calendar, self.customer_class)

    def hear(self, message: Message) -> None:
        """Something was said."""
        self.said.append(message)
        self.case = self._folded()
        self.said[-1] = fixed(message, self.case)

    def carry_out(self, action: Action, now: datetime) -> None:
        """Do what was decided: in a rehearsal everything that can be reached is reached."""
        reach = self.part.debtor.reach
        channel = next((name for name in action.channels if reach(name)), "")
        result = result_for(action, channel)
        self._add(done(self.facts, action, now, result, channel))

    def decide(self, now: datetime) -> Action:
        """What comes next; what changes nothing but the record is done on the way."""
        action = next_action(self.facts, self._policy, now)
        while action.do in AT_ONCE:
            self._add(done(self.facts, action, now))
            action = next_action(self.facts, self._policy, now)
        return action

    def _add(self, deed: Deed) -> None:
        if any((d.step, d.episode) == (deed.step, deed.episode) for d in self.deeds):
            raise RuntimeError(f"{self.part.number}: {deed.step} would be done twice")
        self.case = with_deed(self.case, deed)
        self.deeds = self.case.deeds

    def _folded(self) -> Case:
        return fold(self.part.invoice, self.said, self.deeds, self._ground).case


class SmallWorld:
    """All cases of a rehearsal, moved strictly by (instant, events before deeds, invoice, step)."""

    def __init__(self, script: Iterable[Part], policy: Policy) -> None:
        self._policy = policy
        self._lives = {part.number: Life(part, policy) for part in script}
        self._customers: dict[str, list[Life]] = defaultdict(list)
        self._count = itertools.count()
        self._queue: list[tuple[datetime, int, str, int, int, object, int]] = []

    def run(self, beat: Beat = lambda _: None) -> list[Line]:
        """Play to the end; answers every deed and how each case stands."""
        for life in self._lives.values():
            self._announce(life)
        for number in itertools.count(1):
            if not self._queue:
                break
            self._step()
            beat(number)
        opened = [life for group in self._customers.values() for life in group]
        return in_order(line for life in opened for line in lines(life.part, life.case, life.deeds))

    def _announce(self, life: Life) -> None:
        part = life.part
        self._push(part.invoice.opened_at, OPENING, part, None)
        for message in part.events:
            self._push(part.heard_at(message), EVENT, part, message)

    def _push(self, at: datetime, phase: int, part: Part, what: object, order: int = 0) -> None:
        version = self._lives[part.number].version
        entry = (at, phase, part.number, order, next(self._count), what, version)
        heapq.heappush(self._queue, entry)

    def _step(self) -> None:
        at, phase, number, _, _, what, version = heapq.heappop(self._queue)
        life = self._lives[number]
        if phase == OPENING:
            self._open(life)
        elif isinstance(what, Message):
            life.hear(what)
        elif isinstance(what, Action) and version == life.version:
            life.carry_out(what, at)
        else:
            return
        self._plan(life, at)

    def _open(self, life: Life) -> None:
        life.customer_class = life.part.debtor.customer_class or self._class_of(life.part)
        self._customers[life.part.invoice.customer].append(life)

    def _class_of(self, part: Part) -> str:
        before = part.invoice.opened_at
        others = self._customers[part.invoice.customer]
        records = (record_of(life.case, life.part.calendar, before) for life in others)
        return class_of(history_of(records), self._policy.classes)

    def _plan(self, life: Life, now: datetime) -> None:
        """Decide anew; whatever was planned before is void."""
        life.version += 1
        action = life.decide(now)
        at = earliest(action, now, life.part.calendar)
        if at is not None and max(at, now) < life.part.ends_at:
            self._push(max(at, now), DEED, life.part, action, action.order)


def rehearse(script: Iterable[Part], policy: Policy, beat: Beat = lambda _: None) -> list[Line]:
    """What the policy would have done, by the pure rules alone."""
    return SmallWorld(script, policy).run(beat)
