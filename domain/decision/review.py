"""Reviews: whatever holds a case still, a person is asked about it before it is forgotten (P19)."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.case.facts import Action, Facts
from domain.case.model import Case
from domain.message_types import ActionType

AFTER_ALL_STEPS = 10**6
"""A place in the order of deeds behind every step: a policy has a hundred at most."""
_AFTER_PLAN_B = AFTER_ALL_STEPS + 1

REVIEW = "review"
MOST_PATIENT = 4
_LONGEST_WAIT = 730
"""Reviews of a case at standstill come after 1, 2, 4, 8, at last 16 times the review days,
but never more than 730 days apart."""


def review(facts: Facts, days: int, why: str) -> Action:
    """Ask a person to look, so many days after the last news or deed, at growing distances."""
    case = facts.case
    reviews = [deed for deed in case.deeds if deed.step.startswith(REVIEW)]
    before = sum(1 for deed in reviews if deed.at >= case.heard_at)
    base = max([case.heard_at, case.released_at, *(deed.at for deed in case.deeds)])
    wait = min(days * 2 ** min(before, MOST_PATIENT), _LONGEST_WAIT)
    at = facts.calendar.opening(facts.calendar.local_date(base) + timedelta(days=wait))
    lasts = (facts.calendar.local_date(at) - facts.calendar.local_date(_since(case))).days
    return Action(
        do=ActionType.ASK_PERSON,
        at=at,
        why=f"{why} for {lasts} days; somebody should look",
        ahead=f"if it is still so by then: {why} for {lasts} days; somebody should look",
        step=f"{REVIEW}-{len([d for d in reviews if d.episode == case.episode]) + 1}",
        order=_AFTER_PLAN_B,
    )


def _since(case: Case) -> datetime:
    """When the standstill began: at the last news, or the last deed that was no review."""
    moved = [deed.at for deed in case.deeds if not deed.step.startswith(REVIEW)]
    return max([case.heard_at, case.released_at, *moved])


def is_done(case: Case, step: str) -> bool:
    """Tell whether a step is done in this episode."""
    return any(deed.step == step and deed.episode == case.episode for deed in case.deeds)


def count(case: Case, do: ActionType) -> int:
    """Count how often this episode has had the deed."""
    return sum(1 for deed in case.deeds if deed.do is do and deed.episode == case.episode)
