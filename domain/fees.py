"""Late fees: what a step of the ladder adds, once per level, and what it rests on (P24)."""

from __future__ import annotations

from domain.case import Case
from domain.interest import Cost
from domain.money import Money, round_half_up
from domain.policy import Step
from domain.policy_terms import of_currency


def late_fee(step: Step, case: Case) -> Cost:
    """The fee of a step: its flat sum in the invoice's currency, and its share of what is chased.

    A currency that the policy does not name costs no flat sum. Rounded half up, once.
    """
    currency = case.invoice.amount.currency
    chased = Money(max(0, case.open - case.disputed), currency)
    share = round_half_up(chased.decimal * step.fee_percent / 100, currency)
    flat = Money(of_currency(step.fee, currency), currency)
    if not chased.minor:
        return Cost(chased, "no late fee on costs alone")
    parts = []
    if flat.minor:
        parts.append(f"a late fee of {flat}")
    if step.fee_percent:
        parts.append(f"{step.fee_percent.normalize():f} % of {chased}")
    words = " and ".join(parts) or "no late fee in this currency"
    return Cost(flat + share, f"{words}, by the payment terms")
