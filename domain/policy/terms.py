"""A policy's terms beside its ladder: contact, charges, money, agreements, credit, disputes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal

PerCurrency = tuple[tuple[str, int], ...]
"""Minor units per currency, in the order of the codes."""


def of_currency(sums: PerCurrency, currency: str) -> int:
    """The sum that a policy names for a currency; zero if it names none."""
    return next((minor for known, minor in sums if known == currency), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRules:
    """How often one customer may hear from us, over all invoices and channels (P82).

    Attributes:
        messages_per_week: messages in any seven days; None is no limit.
        calls_per_week: calls in any seven days; None is no limit.
        quiet_days: calendar days of quiet after a real conversation.
        bundle_days: reminders due within so many days go out as one message.
        silence_days: messages unanswered for so many days go another way; 0 is never (P14).
        reply_days: working days for which an answer lets the next step wait.
    """

    messages_per_week: int | None = 3
    calls_per_week: int | None = 3
    quiet_days: int = 2
    bundle_days: int = 0
    silence_days: int = 0
    reply_days: int = 2


COURTEOUS = ContactRules()
"""The preset of a creditor who wants to keep the customer."""

US_REG_F = ContactRules(messages_per_week=7, calls_per_week=7, quiet_days=7)
"""12 CFR 1006.14(b): no more than seven calls in seven days, none for seven after a conversation;
messages are limited alike."""

UNLIMITED = ContactRules(messages_per_week=None, calls_per_week=None, quiet_days=0)
"""No limits but the minimum gap: for a policy that says so, or whose minimum gap is zero."""

PRESETS = {"courteous": COURTEOUS, "us-reg-f": US_REG_F, "unlimited": UNLIMITED}
"""The presets by the names that policies use."""


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
        past_table: ``refuse`` or ``provisional`` beyond the last known rate.
        order: what money pays first.
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
    """

    unallocated: str = "hold"
    allocate: str = "oldest_due"
    write_off_below: PerCurrency = ()
    flight_days: int = 5
    reversal_grace_days: int = 3


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
    """

    minor: tuple[str, ...] = MINOR_REASONS
    deadline_days: int = 14
    quick_fix_days: int = 2
    owner: str = ""
    watched: bool = False


AGREEMENTS = Agreements()
NO_CHARGES = Charges()
MONEY_RULES = MoneyRules()
CREDIT_RULES = CreditRules()
DISPUTE_RULES = DisputeRules()
"""What holds where a policy says nothing."""
