"""The policy: which step is taken when, for whom, by which channel, and what the Plan B is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from domain.calendar import Calendar
from domain.deed import base_of
from domain.message_types import MESSAGES_TO_DEBTOR, ActionType
from domain.policy.terms import (
    AGREEMENTS,
    COURTEOUS,
    CREDIT_RULES,
    DISPUTE_RULES,
    MONEY_RULES,
    NO_CHARGES,
    Agreements,
    Charges,
    ContactRules,
    CreditRules,
    DisputeRules,
    MoneyRules,
    PerCurrency,
)
from domain.policy.tolerance import default_tolerance

CLASSES = ("new", "good", "late_payer", "risky")
"""Customer classes a step may be meant for; ``everyone`` stands for all of them."""

# Asked at every decision: members of a tuple are found by identity, those of a set by their hash.
_MESSAGES = tuple(MESSAGES_TO_DEBTOR)


class Base(StrEnum):
    """What a step's date is counted from."""

    ISSUED = "issued"
    DUE = "due"
    PREVIOUS = "previous"
    DEADLINE = "deadline"


class CatchUp(StrEnum):
    """How missed messages are made up for."""

    ONE_BY_ONE = "one-by-one"
    MOST_SEVERE = "most-severe"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A date counted in calendar days from an event, such as due+7.

    Attributes:
        base: the event.
        days: calendar days after it (negative: before).
        end_of_month: whether the date moves on to the last day of its month.
    """

    base: Base
    days: int
    end_of_month: bool = False

    def __str__(self) -> str:
        return f"{self.base.value}{self.days:+d}" if self.days else self.base.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the ladder.

    Attributes:
        id: its name in ledgers and reports; never used for another step.
        on: when it falls.
        do: the deed.
        channels: tried in order until one gets through.
        tone: how a message sounds.
        deadline_days: the message's own deadline, counted from the day it was accepted.
        classes: the customer classes it is meant for.
        order: its place in the policy.
        fee: per currency, the late fee that the step adds, once.
        fee_percent: a share of the open principal that it adds, in percent.
    """

    id: str
    on: Anchor
    do: ActionType
    channels: tuple[str, ...] = ()
    tone: str = "friendly"
    deadline_days: int | None = None
    classes: tuple[str, ...] = CLASSES
    order: int = 0
    fee: PerCurrency = ()
    fee_percent: Decimal = Decimal(0)

    @property
    def is_message(self) -> bool:
        """Whether the debtor reads it."""
        return self.do in _MESSAGES


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanB:
    """What happens when the ladder was climbed and nothing came."""

    on: Anchor = Anchor(Base.PREVIOUS, 14)
    do: ActionType = ActionType.ASK_PERSON


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRules:
    """How a customer's history makes its class: plain thresholds that anyone can check.

    Attributes:
        late_from_mean_days: mean days late from which a customer is a late payer.
        late_from_percent: share of late invoices, in percent, from which it is one.
        risky_from_broken_promises: broken promises from which it is risky.
        risky_from_handoffs: agency handoffs from which it is risky.
    """

    late_from_mean_days: int = 5
    late_from_percent: int = 50
    risky_from_broken_promises: int = 2
    risky_from_handoffs: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A creditor's way of collecting, immutable once applied.

    Attributes:
        name: what people call it.
        minimum_gap_days: calendar days between two messages: 2 means D and D+2.
        catch_up: how missed messages are made up for.
        tolerance: per currency, minor units below which nothing is chased.
        opens: minutes after midnight at which the contact window opens, debtor time.
        closes: minutes after midnight at which it closes.
        working_days_only: whether weekends and holidays are left out.
        new_deadline_days: calendar days that a word gives which asks anew for what stood still.
        review_days: calendar days of standstill after which a person is asked.
        agency_review_days: the same while the agency has the case.
        thank_you: who is thanked for a payment: never, reminded, always.
    """

    name: str
    steps: tuple[Step, ...]
    plan_b: PlanB = PlanB()
    agreements: Agreements = AGREEMENTS
    classes: ClassRules = ClassRules()
    contact: ContactRules = COURTEOUS
    charges: Charges = NO_CHARGES
    money: MoneyRules = MONEY_RULES
    credit: CreditRules = CREDIT_RULES
    disputes: DisputeRules = DISPUTE_RULES
    minimum_gap_days: int = 2
    catch_up: CatchUp = CatchUp.ONE_BY_ONE
    tolerance: PerCurrency = ()
    opens: int = 9 * 60
    closes: int = 17 * 60
    working_days_only: bool = True
    new_deadline_days: int = 7
    review_days: int = 30
    agency_review_days: int = 90
    thank_you: str = "never"

    def __hash__(self) -> int:
        # Caches look policies up at every decision: the name spreads them well enough.
        return hash(self.name)

    def calendar(self, zone: str, country: str = "", subdivision: str = "") -> Calendar:
        """The debtor's calendar under this policy's contact window."""
        window = self.opens, self.closes, self.working_days_only
        return _calendar(zone, country, subdivision, *window)

    def smallest_chased(self, currency: str) -> int:
        """The smallest open amount, in minor units, that is worth a message."""
        for known, minor in self.tolerance:
            if known == currency:
                return max(1, minor)
        return default_tolerance(currency)

    def step(self, step_id: str) -> Step | None:
        """The step of that name, said once or again, if the policy has it."""
        name = base_of(step_id)
        return next((step for step in self.steps if step.id == name), None)


# One object for equal calendars: caches then find it by identity, without comparing its fields.
_calendar = lru_cache(maxsize=4096)(Calendar)
