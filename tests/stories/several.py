"""Dated stories about a customer with several invoices: times are Berlin's, the book is real."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from domain.case.model import Deed, Invoice, Message
from domain.decision.state import CaseState
from domain.message_types import MessageType
from domain.money import parse_money
from domain.parties.people import Debtor
from domain.policy.model import Policy
from domain.policy.policy_file import standard_policy
from domain.simulation.ahead import HORIZON
from domain.simulation.case import SimulatedCase
from domain.simulation.world import Household, World
from tests.reaching import reached_by

BERLIN = ZoneInfo("Europe/Berlin")


def instant(when: str) -> datetime:
    """The instant of ``2026-02-05 10:30`` in Berlin."""
    return datetime.fromisoformat(when).replace(tzinfo=BERLIN).astimezone(UTC)


class Several:
    """One customer, whose invoices are opened when the story says so.

    Attributes:
        cases: each invoice's case, by number.
    """

    def __init__(self, policy: Policy | None = None, customer_class: str = "new") -> None:
        self._policy = policy or standard_policy()
        self._debtor = Debtor(
            id="C-1", zone="Europe/Berlin", country="DE", customer_class=customer_class
        )
        self._world = World()
        self.home = Household(debtor=reached_by(("email", "sms")))
        self.cases: dict[str, SimulatedCase] = {}

    def opens(
        self, when: str, due: str, *, issued: str = "2025-11-03", amount: str = "100.00"
    ) -> SimulatedCase:
        """An invoice R-1, R-2 … is opened at an instant."""
        number = f"R-{len(self.cases) + 1}"
        invoice = Invoice(
            creditor="acme",
            number=number,
            customer="C-1",
            issued=date.fromisoformat(issued),
            due=date.fromisoformat(due),
            amount=parse_money(amount, "EUR"),
            opened_at=instant(when),
        )
        state = CaseState(
            invoice=invoice, policy=self._policy, debtor=self._debtor, now=invoice.opened_at
        )
        life = self.cases[number] = SimulatedCase(state, HORIZON)
        self._world.settle(life, self.home)
        self._world.expect(life, invoice.opened_at, lambda: None)
        return life

    def says(
        self,
        when: str,
        number: str,
        kind: MessageType,
        *,
        amount: str = "",
        day: str = "",
        ref: str = "",
        reason: str = "",
        channel: str = "",
    ) -> None:
        """Something is said about one of them."""
        message = Message(
            key=f"{when}/{number}/{kind}",
            kind=kind,
            at=instant(when),
            amount=parse_money(amount, "EUR") if amount else None,
            day=date.fromisoformat(day) if day else None,
            ref=ref,
            reason=reason,
            channel=channel,
        )
        self._world.expect(self.cases[number], message.at, message)

    def until(self, when: str) -> Several:
        """Live up to an instant, not including it."""
        self._world.run_until(instant(when))
        return self

    @property
    def messages(self) -> list[str]:
        """What was written, as lines like ``2026-02-05 10:15 R-1 R-2``, in order."""
        about: dict[datetime, list[str]] = defaultdict(list)
        for number, deed in self._deeds():
            if deed.reached_debtor:
                about[deed.at].append(number)
        return [f"{_local(at)} {' '.join(about[at])}" for at in sorted(about)]

    def done(self, *kinds: str) -> list[str]:
        """Deeds of some kinds, as lines like ``2026-02-10 09:00 R-1 call_task``."""
        found = sorted((deed.at, number, deed.do.value) for number, deed in self._deeds())
        return [f"{_local(at)} {number} {do}" for at, number, do in found if do in kinds]

    def _deeds(self) -> list[tuple[str, Deed]]:
        return [(number, deed) for number, life in self.cases.items() for deed in life.deeds]


def _local(at: datetime) -> str:
    return at.astimezone(BERLIN).strftime("%Y-%m-%d %H:%M")
