"""The input and the output of the rules: facts, and the action that follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.calendar import Calendar
from domain.case.model import Case
from domain.case.money import Ground
from domain.message_types import ActionType, Outcome
from domain.parties.customer import NOBODY_KNOWN, Customer


@dataclass(frozen=True, slots=True)
class Facts:
    """A case with the debtor's calendar, the customer's class, and what holds for the customer.

    Attributes:
        together_since: from when (UTC) the customer's small rests in the case's currency, its own
            among them, are together worth asking for; None if the case is no small rest, or all
            of them are too little.
        ground: what the case was folded on; None leaves the laws of consumers aside.
        reach: the channels by which the customer can be reached now; only looked up where a
            message reached nobody.
    """

    case: Case
    calendar: Calendar
    customer_class: str = "new"
    customer: Customer = NOBODY_KNOWN
    together_since: datetime | None = None
    ground: Ground | None = None
    reach: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """An action: what is done next for a case, when, and why.

    Attributes:
        do: the deed, or ``wait``.
        at: the planned instant (UTC); None means that only news can move the case.
        why: the reason, in words for a person, as it reads once the deed is done.
        ahead: the same while the instant is still to come, where ``why`` would state as a fact
            what may yet turn out otherwise; empty where it is true already.
        step: the step's name.
        channels: to be tried in this order.
        tone: how a message sounds.
        deadline_days: the message's own deadline, from the day it is accepted.
        order: the step's place in the policy; ties go in this order.
        outcome: how the case ends, where it is closed.
        fee: the cost that the deed adds, minor units.
        ground: what that cost rests on.
        ways: so many ways to the customer stayed unanswered: the next one is tried first.
        free_days: days that a law has a consumer's first reminder leave, before which being late
            costs nothing; 0 for any other message.
    """

    do: ActionType
    at: datetime | None
    why: str
    step: str = ""
    channels: tuple[str, ...] = ()
    tone: str = ""
    deadline_days: int | None = None
    order: int = 0
    outcome: Outcome | None = None
    fee: int = 0
    ground: str = ""
    ways: int = 0
    free_days: int = 0
    ahead: str = ""

    def why_at(self, now: datetime) -> str:
        """Describe why it is done, in words that are true at an instant."""
        is_to_come = self.at is not None and now < self.at
        return self.ahead if self.ahead and is_to_come else self.why
