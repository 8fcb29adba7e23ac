"""Foretells in a consumer's first reminder what being late will cost, where a law wants it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from activities.ports.letter_data import CostsForetold
from domain.case.facts import Action
from domain.decision.consumers.free_reminders import costs_to_come
from domain.decision.state import CaseState
from domain.money import sums_together


def costs_foretold(said: Iterable[tuple[CaseState, Action]], today: date) -> CostsForetold | None:
    """Find the costs that a message names which is the first reminder of any of its invoices."""
    found = [
        costs_to_come(state.case, state.ground, state.customer_class, today)
        for state, action in said
        if action.free_days
    ]
    if not found:
        return None
    fees = sums_together(one.fees for one in found)
    percent = max((one.percent for one in found if one.percent), default=None)
    return CostsForetold(
        fees=tuple(money for money in fees if money.minor),
        percent=f"{percent.normalize():f}" if percent else "",
        receipt_days=max(one.receipt_days for one in found),
    )
