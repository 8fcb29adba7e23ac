"""Rules for money that nobody can place yet: it may be what is being chased for."""

from __future__ import annotations

from datetime import datetime

from domain.case import Case
from domain.facts import Action, Facts
from domain.money import Money
from domain.policy import Policy
from domain.policy_terms import of_currency
from domain.review import review

HOLD = "hold"


def costs_alone(case: Case) -> str:
    """The costs that outlived the principal, in words."""
    return f"{Money(case.costs_left, case.invoice.amount.currency)} of costs"


def wait_while_money_lies_on_the_account(
    facts: Facts, policy: Policy, now: datetime
) -> Action | None:
    """Nobody is chased whose money came and fits no invoice yet: a person allocates it first."""
    if policy.money.unallocated != HOLD or not facts.customer.unallocated:
        return None
    currency = facts.case.invoice.amount.currency
    lies = Money(of_currency(facts.customer.unallocated, currency), currency)
    if lies.minor <= 0 or lies.minor < policy.smallest_chased(currency):
        return None
    why = f"{lies} of this customer fit no invoice; allocate or refund it: it has waited"
    return review(facts, policy.review_days, why)
