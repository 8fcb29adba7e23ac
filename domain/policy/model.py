"""The policy as values: the ladder, its Plan B, and the terms for everything beside it."""

# One thing: a policy is one immutable value, stored and compared as a whole.

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Literal

from domain.calendar import Calendar
from domain.deed import base_of
from domain.message_types import MESSAGES_TO_DEBTOR, ActionType
from domain.policy.account_statements import NO_STATEMENTS, StatementRules
from domain.policy.contact_rules import COURTEOUS, ContactRules
from domain.policy.tolerance import default_tolerance
from domain.policy.work_order import WORK_ORDER, WorkOrder

PerCurrency = tuple[tuple[str, int], ...]
"""Minor units per currency, in the order of the codes."""


def of_currency(sums: PerCurrency, currency: str) -> int:
    """Find the sum that a policy names for a currency; zero if it names none."""
    return next((minor for known, minor in sums if known == currency), 0)


HOLD = "hold"
"""While money, credit notes or a surplus of a customer wait for a person, nobody is chased."""

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


class Rolling(StrEnum):
    """Whether a due date on a weekend or holiday rolls on to the next working day."""

    LAW = "law"
    ALWAYS = "always"
    NEVER = "never"


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
        is_message: whether the debtor reads it; follows from the deed.
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
    is_message: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Asked several times at every decision.
        object.__setattr__(self, "is_message", self.do in _MESSAGES)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanB:
    """What happens when the ladder was climbed and nothing came.

    Attributes:
        agency: the short name of the agency that takes over, ``best_net`` for the one of which
            most would come in; empty for the installation's one.
    """

    on: Anchor = Anchor(Base.PREVIOUS, 14)
    do: ActionType = ActionType.ASK_PERSON
    agency: str = ""


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
class Agreements:
    """The limits of what a collector may agree.

    Attributes:
        longest_promise_days: calendar days from the promise to its date.
        promises_allowed: how many promises one case may hold in its life without a supervisor.
        grace_days: calendar days after a promised date before it counts as broken.
        confirm_in_writing: whether each agreement is confirmed to the customer (P50).
        remind_before_days: a friendly word so many days before a promised date; 0 is none.
        supervisor_from_broken: broken promises from which the next one needs a supervisor.
        longest_plan_days: calendar days from a plan to its last instalment.
        cure_days: calendar days in which a missed instalment may still be made up for.
        longest_offer_days: calendar days from a settlement offer to its expiry.
        most_instalments: so many a plan may have without a supervisor.
        least_instalment_percent: share of what is open that each instalment but the last one
            has at least, without a supervisor.
        longest_gap_days: calendar days in which no instalment need come, without a supervisor.
        plans_allowed: how many accepted plans one case may hold without a supervisor.
        settlements_allowed: how many offers one case may hold without a supervisor.
        least_offer_percent: share of what is open that settles it all without a supervisor.
        holds_all_from_percent: share of what is open, in percent, from which a promise of part
            holds all of it; a smaller one holds back what it promises.
        hardship_instalments: so many equal monthly instalments are offered to who cannot pay; 0
            offers none by itself.
    """

    longest_promise_days: int = 30
    promises_allowed: int = 2
    grace_days: int = 0
    confirm_in_writing: bool = True
    remind_before_days: int = 0
    supervisor_from_broken: int = 2
    longest_plan_days: int = 366
    cure_days: int = 7
    longest_offer_days: int = 30
    holds_all_from_percent: int = 100
    most_instalments: int = 24
    least_instalment_percent: int = 2
    longest_gap_days: int = 62
    plans_allowed: int = 2
    settlements_allowed: int = 2
    least_offer_percent: int = 25
    hardship_instalments: int = 0


class Leftover(StrEnum):
    """What becomes of costs that are left when the principal is paid."""

    CHASE = "chase"
    WRITE_OFF = "write_off"


class InterestBy(StrEnum):
    """What interest rests on."""

    NOTHING = "none"
    LAW = "law"
    CONTRACT = "contract"


@dataclass(frozen=True, slots=True, kw_only=True)
class Charges:
    """What being late costs, and in which order money pays it.

    Attributes:
        interest: by law, by contract, or none.
        jurisdiction: whose law, such as DE or UK.
        confirmed_by: who at the creditor confirmed that this law applies, and when; while it is
            empty no interest and no compensation is charged.
        consumers: whether debtors are consumers where nothing is known about one.
        contract_percent: percent a year that a contract agreed on.
        compensation: whether the law's fixed sum for recovery costs is charged.
        rounding: ``once`` at the end, or ``daily``.
        compounding: empty, ``monthly`` or ``yearly``; only where a contract says so.
        past_table: beyond the last known rate ``refuse`` leaves days out, ``provisional`` marks
            them.
        order: what money pays first.
        asked_from: the step from which on costs are asked for; empty is the first formal demand.
        leftover: what becomes of costs when the principal is paid.
        waive_below: per currency, what is let go instead of being chased.
    """

    interest: InterestBy = InterestBy.NOTHING
    jurisdiction: str = ""
    confirmed_by: str = ""
    consumers: bool = False
    contract_percent: Decimal | None = None
    compensation: bool = False
    rounding: Literal["once", "daily"] = "once"
    compounding: Literal["", "monthly", "yearly"] = ""
    past_table: Literal["refuse", "provisional"] = "refuse"
    order: tuple[str, ...] = ("principal", "interest", "costs")
    asked_from: str = ""
    leftover: Leftover = Leftover.WRITE_OFF
    waive_below: PerCurrency = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyRules:
    """What is done with money that fits nothing exactly.

    Attributes:
        unallocated: ``hold`` chases nobody whose money lies on the account, ``warn`` only tells.
        allocate: what is paid first where nothing is stated: oldest_due, newest_due, largest,
            smallest.
        write_off_below: per currency, a rest that is written off by itself.
        flight_days: calendar days that money on its way may take when nothing was said.
        reversal_grace_days: calendar days of quiet after money went back.
        statement_days: where bank statements come in, money is not asked for on data that is
            older than so many calendar days; 0 never waits.
    """

    unallocated: str = "hold"
    allocate: str = "oldest_due"
    write_off_below: PerCurrency = ()
    flight_days: int = 5
    reversal_grace_days: int = 3
    statement_days: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditRules:
    """What a hold on credit leaves free, and what makes it cash only (P54, P60).

    Attributes:
        cash_only_from_broken: broken promises from which nothing but cash is taken.
        exempt: kinds of orders that a hold does not stop: prepaid, delivered.
    """

    cash_only_from_broken: int = 1
    exempt: tuple[str, ...] = ("prepaid", "delivered")


MINOR_REASONS = ("invoice_not_received", "invoice_error", "payment_method", "missing_information")
MAJOR_REASONS = ("goods", "delivery", "service", "price", "contract", "not_ours", "hardship")


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeRules:
    """What customers contest, in two kinds (P40), and by when it is settled.

    Attributes:
        minor: reasons that are put right at once while the clock goes on (P41).
        deadline_days: calendar days in which a dispute should be settled.
        quick_fix_days: the same for a minor reason.
        owner: who looks after disputes where nobody is named.
        watched: whether people are asked once a deadline has passed: wherever the policy has the
            table [disputes].
        acknowledge: whether customers hear in writing that a dispute was received, and that one
            which left nothing to pay was decided; None: those who said it themselves, by whatever
            channel.
    """

    minor: tuple[str, ...] = MINOR_REASONS
    deadline_days: int = 14
    quick_fix_days: int = 2
    owner: str = ""
    watched: bool = False
    acknowledge: bool | None = None

    def answers(self, channel: str) -> bool:
        """Tell whether a dispute that was said that way is answered; empty: nobody told how."""
        return bool(channel) if self.acknowledge is None else self.acknowledge


AGREEMENTS = Agreements()
NO_CHARGES = Charges()
MONEY_RULES = MoneyRules()
CREDIT_RULES = CreditRules()
DISPUTE_RULES = DisputeRules()
"""What holds where a policy says nothing."""


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
        due_rolls: whether a due date on a weekend or holiday rolls on to the next working day.
        bank_day: whether nothing is said after a due date before a banking day has passed; None is
            as ``working_days_only``.
        new_deadline_days: calendar days that a word gives which asks anew for what stood still.
        review_days: calendar days of standstill after which a person is asked.
        agency_review_days: the same while the agency has the case.
        agency_silence_days: calendar days without a word of the agency after which a person is
            asked, whatever else happens; 0 is never.
        thank_you: who is thanked for a payment: never, reminded, always.
        answers: which answers customers get in writing (``AnswerLetter``).
        account_statements: when customers get a statement of account that nobody asked for.
        work_order: how heavy each reason weighs on the worklist; read from the policy of new cases.
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
    due_rolls: Rolling = Rolling.LAW
    bank_day: bool | None = None
    new_deadline_days: int = 7
    review_days: int = 30
    agency_review_days: int = 90
    agency_silence_days: int = 0
    thank_you: str = "never"
    answers: tuple[str, ...] = ()
    account_statements: StatementRules = NO_STATEMENTS
    work_order: WorkOrder = WORK_ORDER

    def __hash__(self) -> int:
        # Caches look policies up at every decision: the name spreads them well enough.
        return hash(self.name)

    def calendar(self, zone: str, country: str = "", subdivision: str = "") -> Calendar:
        """Make the debtor's calendar with this policy's contact window."""
        window = self.opens, self.closes, self.working_days_only
        return _calendar(zone, country, subdivision, *window)

    def smallest_chased(self, currency: str) -> int:
        """Find the smallest open amount, in minor units, that is worth a message."""
        for known, minor in self.tolerance:
            if known == currency:
                return max(1, minor)
        return default_tolerance(currency)

    def step(self, step_id: str) -> Step | None:
        """Find the step of that name, said once or again, if the policy has it."""
        name = base_of(step_id)
        return next((step for step in self.steps if step.id == name), None)


# One object for equal calendars: caches then find it by identity, without comparing its fields.
_calendar = lru_cache(maxsize=4096)(Calendar)
