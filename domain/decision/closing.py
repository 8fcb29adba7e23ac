"""Rules for cases that end, open again, or are with the agency."""

from __future__ import annotations

from datetime import datetime

from domain.case.facts import Action, Facts
from domain.case.model import Case, Deed
from domain.decision.review import count, review
from domain.decision.rules_disputes import contested_since
from domain.message_types import ActionType, Outcome
from domain.policy.model import Policy


def recall_what_the_agency_need_not_collect(
    facts: Facts, policy: Policy, now: datetime
) -> Action | None:
    """Money, withdrawal or write-off after the handoff: the agency must stop at once (P73)."""
    case = facts.case
    if not case.outcome or not case.with_agency:
        return None
    why = f"{case.outcome.value} after the handoff: the agency must stop"
    return Action(do=ActionType.RECALL, at=_since_news(case), why=why, step=ActionType.RECALL.value)


def release_credit_when_cured(facts: Facts, policy: Policy, now: datetime) -> Action | None:
    """The hold on deliveries ends as soon as the debt is gone (P60); a write-off cures nothing."""
    case = facts.case
    if not case.credit_held or not _cured(case, policy):
        return None
    why = f"{case.outcome.value if case.outcome else case.open_money}: the hold is lifted"
    before = count(case, ActionType.RELEASE_CREDIT)
    step = (
        f"{ActionType.RELEASE_CREDIT.value}-{before + 1}"
        if before
        else ActionType.RELEASE_CREDIT.value
    )
    return Action(do=ActionType.RELEASE_CREDIT, at=_since_news(case), why=why, step=step)


def _cured(case: Case, policy: Policy) -> bool:
    if case.outcome:
        return case.outcome in (Outcome.PAID, Outcome.WITHDRAWN)
    return case.to_chase < policy.smallest_chased(case.invoice.amount.currency)


def close_when_settled(facts: Facts, policy: Policy, now: datetime) -> Action | None:
    """Nothing is left to collect: the case is closed."""
    case = facts.case
    if not case.outcome:
        return None
    why = f"{case.outcome.value}: nothing is left to collect"
    if case.closed:
        return Action(do=ActionType.WAIT, at=None, why=why, outcome=case.outcome)
    at, step = _since_news(case), ActionType.CLOSE.value
    return Action(do=ActionType.CLOSE, at=at, why=why, step=step, outcome=case.outcome)


def reopen_what_is_owed_again(facts: Facts, policy: Policy, now: datetime) -> Action | None:
    """A closed case that is owed again goes on as its next episode, with its original age."""
    case = facts.case
    if not case.closed:
        return None
    why = f"{case.open_money} are owed again"
    return Action(do=ActionType.REOPEN, at=_since_news(case), why=why, step=ActionType.REOPEN.value)


def keep_the_agency_informed(facts: Facts, policy: Policy, now: datetime) -> Action | None:
    """What came in, is contested or settled after the handoff is told to the agency (P72)."""
    case = facts.case
    if not case.with_agency:
        return None
    told = [
        deed for deed in case.deeds if deed.do in (ActionType.HAND_OFF, ActionType.INFORM_AGENCY)
    ][-1]
    why = _news_for_the_agency(case, told)
    if not why:
        return review(facts, policy.agency_review_days, "the agency has had the case")
    step = f"inform-{count(case, ActionType.INFORM_AGENCY) + 1}"
    return Action(do=ActionType.INFORM_AGENCY, at=_since_news(case), why=why, step=step)


def _news_for_the_agency(case: Case, told: Deed) -> str:
    contested = contested_since(case, told.at)
    if contested:
        return contested
    if case.open != told.open:
        return f"since the handoff the open amount became {case.open_money}"
    settled = any(d.settled_at and d.settled_at > told.at for d in case.settled_disputes)
    return "what held the claim is settled" if settled or case.released_at > told.at else ""


def _since_news(case: Case) -> datetime:
    # News may be dated back, but what follows from it never comes before what was done already.
    return max([case.heard_at, *(deed.at for deed in case.deeds)])
