"""What comes at the worst moment: between a mark and the last look, while a provider is busy."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from sqlalchemy import text

from activities.ports.types import Envelope
from domain.message_types import MessageType
from tests.simulation.customers import Act, Customer
from tests.simulation.doing import People
from tests.simulation.office import Office
from tests.simulation.processes import Work
from tests.simulation.stage import Stage

_CASES = text("SELECT case_id FROM outbound_item WHERE message_id = :id ORDER BY 1")
SURPRISES = (
    (Act(0, "pay", 100),),
    (Act(0, "stop"), Act(6, "start")),
    (Act(0, "flag"), Act(6, "unflag")),
    (
        Act(0, "say", kind=MessageType.DISPUTE_OPENED, body={"reason": "price"}),
        Act(9, "say", kind=MessageType.DISPUTE_SETTLED, body={"reason": "for_us"}),
    ),
    (Act(0, "say", kind=MessageType.PROMISE, on=5),),
)
"""What somebody does at the very moment at which a message is about to leave, and days later."""


class Moments:
    """Moments at which somebody does what nobody has planned."""

    def __init__(
        self, stage: Stage, office: Office, people: People, of_case: Mapping[str, Customer]
    ) -> None:
        self.stage, self.office, self.people = stage, office, people
        self._of_case, self._count = of_case, 0
        office.workers.marked = self.marked
        for channel in office.channels.values():
            channel.busy = self.busy

    def daily(self) -> None:
        """Stop everything for some hours now and then, or one case for some days."""
        if self.stage.happens(60):
            self.stage.after(timedelta(minutes=self.stage.dice.randrange(600)), self._hold)
        if self.stage.happens(60):
            self._cancel_one()

    def marked(self, work: Work, case: str) -> None:
        """A message is marked, and nobody has looked last: now somebody pays, or has a wish."""
        customer = self._of_case.get(case)
        if customer and self.stage.happens(30):
            self.stage.note("of all moments:")
            self._surprise(customer, case)
            work.pause(timedelta(seconds=self.stage.dice.choice((3, 3, 30, 90))))

    def busy(self, envelope: Envelope) -> None:
        """A provider names a time for the next try; whoever wakes the case meanwhile moves none."""
        if not self.stage.happens(4):
            return
        with self.office.ledger.looking.connect() as link:
            cases = list(link.execute(_CASES, {"id": envelope.id}).scalars())
        for case in cases:
            wait = timedelta(minutes=self.stage.dice.randrange(1, 15))
            self.stage.after(wait, partial(self.people.wake, case))

    def _surprise(self, customer: Customer, case: str) -> None:
        """Let somebody do what nobody had planned, about a case of which something is to leave.

        What is promised is about another invoice: it is answered beside what is on its way.
        """
        self._count += 1
        acts = self.stage.dice.choice(SURPRISES)
        named = {customer.case_id(one.number): one for one in customer.invoices}
        others = [named[one] for one in customer.opened if one != case]
        promised = others if acts[0].kind is MessageType.PROMISE else []
        about = [*promised, named[case]][0]
        for number, act in enumerate(acts):
            do = partial(self.people.do, customer, about, act, f"now-{self._count}-{number}")
            self.stage.after(timedelta(seconds=1, days=act.day), do)

    def _cancel_one(self) -> None:
        """Cancel a workflow; some days later somebody takes its case up again."""
        runs = self.office.temporal.runs
        alive = sorted(case for case, one in runs.items() if one.status == "running")
        if not alive:
            return
        case = self.stage.dice.choice(alive)
        customer = self._of_case[case]
        named = {customer.case_id(one.number): one for one in customer.invoices}
        for day, verb in ((0, "cancel"), (self.stage.dice.randint(3, 9), "take_up")):
            do = partial(self.people.do, customer, named[case], Act(day, verb), f"{verb} {case}")
            self.stage.after(timedelta(days=day), do)

    def _hold(self) -> None:
        """Stop everything for some hours."""
        holds, books = self.office.holds, self.people.books
        holds.stop("", "ann")
        books.held = True

        def release() -> None:
            books.held = False
            holds.release("", "ann")

        self.stage.after(timedelta(hours=self.stage.dice.choice((1, 5, 30))), release)
