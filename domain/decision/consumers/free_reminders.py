"""Gives a consumer's first reminder the days that the law wants, and foretells what follows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from domain.case.facts import Action, Facts
from domain.case.model import Case
from domain.case.money import Ground
from domain.charges.consumers.free_reminder import (
    days_to_leave,
    first_free_reminder,
    holds_interest,
)
from domain.charges.consumers.late_fees import LawfulFees
from domain.charges.consumers.laws import consumer_law
from domain.charges.cost_terms import terms_of
from domain.charges.late_parts import first_last_day
from domain.decision.small_rules import late_fee
from domain.interest.model import Cost
from domain.interest.terms import no_reason, rates_of
from domain.ladder.schedule import steps_for
from domain.message_types import DEMANDS, ActionType
from domain.money import Money


@dataclass(frozen=True, slots=True)
class CostsToCome:
    """What being late will cost a consumer once the free days have passed.

    Attributes:
        fees: all late fees that the policy adds, as far as the law leaves them.
        percent: interest a year; None where no interest waits for the free days.
        receipt_days: the free days, where they count from the receipt of the reminder; else 0.
    """

    fees: Money
    percent: Decimal | None = None
    receipt_days: int = 0

    @property
    def is_nothing(self) -> bool:
        """Whether being late costs nothing that waits for a free reminder."""
        return not self.fees.minor and not self.percent


def with_free_days(action: Action, facts: Facts, now: datetime) -> Action:
    """Let a consumer's first reminder leave the days of the law, where being late may cost."""
    ground = facts.ground
    law = consumer_law(ground) if ground else None
    if ground is None or law is None or law.free is None or action.do not in DEMANDS:
        return action
    case, day = facts.case, facts.calendar.local_date(action.at or now)
    is_first = first_free_reminder(case, law.free, facts.calendar) is None
    if day <= first_last_day(case) or not is_first:
        return action
    if costs_to_come(case, ground, facts.customer_class, day).is_nothing:
        return action
    days = days_to_leave(law.free, action.channels, day, facts.calendar)
    return replace(action, deadline_days=max(days, action.deadline_days or 0), free_days=days)


def costs_to_come(case: Case, ground: Ground, customer_class: str, day: date) -> CostsToCome:
    """Compute what a consumer will owe for being late, as things stand on a day.

    Nothing where no law wants a free reminder first.
    """
    currency, law = case.invoice.amount.currency, consumer_law(ground)
    if law is None or law.free is None:
        return CostsToCome(Money(0, currency))
    steps = steps_for(ground.policy, customer_class)
    fees = [late_fee(step, case).amount.minor for step in steps if step.do is ActionType.FEE]
    wanted = Cost(Money(sum(fees), currency), "")
    left = max(0, case.open_now - case.disputed)
    lawful = LawfulFees(law, first_day=day).of(wanted, left, day, ())
    percent = _percent(ground, day) if holds_interest(law) else None
    return CostsToCome(lawful.amount, percent, law.free.receipt_days)


def _percent(ground: Ground, day: date) -> Decimal | None:
    """The rate of interest a year; the last known one where the day's is not known yet."""
    terms = terms_of(ground, day)
    if terms is None or no_reason(terms):
        return None
    applied, _ = rates_of(replace(terms, past_table="provisional"), day)(day)
    return applied.percent or None
