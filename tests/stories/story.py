"""A small world in which dated stories happen to one invoice: pure, without servers or clocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo

from domain.agreements.reducer import fixed
from domain.case.facts import Action, Facts
from domain.case.model import Case, Deed, Invoice, Message
from domain.case.money import Ground
from domain.case.news import meant_deed
from domain.contact.delivery_news import told_by
from domain.contact.routes import NOWHERE, Reach, after_news, used_before, ways_for
from domain.decision.deeds import Planned, deed_done, earliest, forward, result_for, stage_of
from domain.decision.rules import next_action
from domain.fold.fold import Folded, fold
from domain.message_types import MessageType, Outcome, Stage
from domain.money import parse_money
from domain.parties.people import CHANNELS
from domain.policy.model import Policy
from domain.policy.policy_file import standard_policy
from tests.reaching import reached_by

MOST_A_DAY = 24
"""A case that decides more often on one day without news runs in a circle."""


class World:
    """One invoice, what was said about it, and what was done: times are the debtor's."""

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
    ) -> None:
        self.policy = policy or standard_policy()
        self.calendar = self.policy.calendar(*place)
        self.customer_class = customer_class
        self.debtor = reached_by(tuple(reach))
        self.sent: dict[tuple[str, int], str] = {}
        self.now = self.at(opened or issued)
        self.invoice = Invoice(
            creditor="acme",
            number="R-1",
            customer="C-1",
            issued=date.fromisoformat(issued),
            due=date.fromisoformat(due),
            amount=parse_money(amount, "EUR"),
            opened_at=self.now,
        )
        self.messages: list[Message] = []
        self.deeds: list[Deed] = []
        self._busy: Counter[date] = Counter()

    def at(self, when: str) -> datetime:
        """The instant of ``2026-02-05`` (its first moment) or ``2026-02-05 14:30``."""
        wall = datetime.fromisoformat(when)
        return wall.replace(tzinfo=ZoneInfo(self.calendar.zone)).astimezone(UTC)

    @property
    def folded(self) -> Folded:
        """All that is known, put together."""
        return fold(self.invoice, self.messages, self.deeds, Ground(self.policy, self.calendar))

    @property
    def case(self) -> Case:
        """Where the case stands."""
        return self.folded.case

    @property
    def facts(self) -> Facts:
        """What the rules look at."""
        return Facts(self.case, self.calendar, self.customer_class)

    @property
    def stage(self) -> Stage:
        """Where the case stands, as the Temporal UI filters it."""
        return stage_of(self.case, self.calendar, self.now)

    @property
    def next(self) -> Action:
        """What comes next, and why."""
        return next_action(self.facts, self.policy, self.now)

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
        key = more.pop("key", f"m{len(self.messages)}")
        message = Message(
            key=key,
            kind=kind,
            at=at,
            amount=parse_money(amount, "EUR") if amount else None,
            day=date.fromisoformat(day) if day else None,
            **more,
        )
        self.messages.append(message)
        self.messages[-1] = fixed(message, self.case)
        self._busy.clear()
        if kind is MessageType.CONTACT_NEWS:
            self._learn(message)
        refusal = self.folded.refused.get(key)
        return refusal.text if refusal else ""

    def _learn(self, message: Message) -> None:
        told = told_by(message)
        deed = meant_deed(self.case.deeds, told)
        sent = self.sent.get((deed.step, deed.episode)) if deed else None
        point = sent or self.debtor.point(told.channel)
        self.debtor = after_news(self.debtor, message.reason, told.channel, point)

    def until(self, day: str) -> Self:
        """Live to the end of a day."""
        self.live(self.at(day) + timedelta(days=1))
        return self

    def live(self, end: datetime) -> None:
        """Do what the rules want before an instant: what is said at it comes first."""
        while end > self.now:
            action = self.next
            when = earliest(action, self.now, self.calendar)
            if when is None or when >= end:
                break
            self.now = max(self.now, when)
            self.do(action)
        self.now = max(self.now, end)

    def do(self, action: Action) -> None:
        """Carry one action out now and write it down."""
        today = self.calendar.local_date(self.now)
        self._busy[today] += 1
        assert self._busy[today] <= MOST_A_DAY, f"a hot loop at {action}"
        used = used_before(self.case, action.step, self.sent) if action.channels else ()
        way = next(iter(ways_for(self.debtor, action, used)), NOWHERE)
        result = result_for(action, way.channel)
        self.deeds.append(deed_done(self.facts, action, self.now, result, way.channel))
        self.sent[action.step, self.deeds[-1].episode] = way.point

    @property
    def reach(self) -> Iterable[str]:
        """The channels by which the customer can be reached."""
        return [channel for channel in CHANNELS if self.debtor.reach(channel)]

    @reach.setter
    def reach(self, channels: Iterable[str]) -> None:
        self.debtor = reached_by(tuple(channels))

    def sleep(self, when: str) -> None:
        """Nothing runs until an instant: an outage."""
        self.now = self.at(when)

    def foresee(self, most: int = 100) -> list[Planned]:
        """What will happen if nobody says another word."""
        return list(
            forward(self.facts, self.policy, self.now, Reach(self.debtor, self.sent), most=most)
        )

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


def _line(deed: Deed, day: date) -> str:
    missed = " (reached nobody)" if deed.result == "rejected" else ""
    return f"{day} {deed.do.value} {deed.step}{missed}"


def contacts(deeds: Iterable[Deed]) -> list[Deed]:
    """Those deeds that the debtor reads."""
    return [deed for deed in deeds if deed.is_message]
