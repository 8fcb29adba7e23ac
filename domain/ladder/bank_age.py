"""Waits for new bank statements before money is asked for: it may have come in long ago."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from domain.case.facts import Action, Facts
from domain.message_types import ActionType
from domain.policy.model import Policy

_A_DAY = timedelta(days=1)
ASKING = (
    ActionType.REMIND,
    ActionType.DEMAND_LETTER,
    ActionType.CALL_TASK,
    ActionType.LAWYER_LETTER,
    ActionType.HAND_OFF,
)
"""Deeds that are wrong, and embarrassing, where the money has come."""


def after_new_statements(action: Action, facts: Facts, policy: Policy, now: datetime) -> Action:
    """Put off what is due now while the bank's data is older than the policy allows.

    It is looked at anew on each next working day. Before the due date nothing need have come;
    where no statements come in at all, nothing is waited for.
    """
    known, days, calendar = facts.customer.bank_day, policy.money.statement_days, facts.calendar
    if known is None or not days or action.do not in ASKING:
        return action
    if action.at is None or now < action.at:
        return action  # until then statements will have come
    today = calendar.local_date(now)
    if today <= facts.case.due or today - known <= timedelta(days=days):
        return action
    why = f"{action.why}; bank statements are known up to {known} only, newer ones are waited for"
    return replace(action, at=calendar.opening(today + _A_DAY), why=why, ahead="")
