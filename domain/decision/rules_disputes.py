"""The rules for disputes: the customer hears of them, owners are asked in time (P19, P41, P42)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from domain.case.agreement_types import Dispute
from domain.case.facts import Action, Facts
from domain.case.model import Case
from domain.contact.contact_book import free_for_urgent
from domain.decision.answering.steps import DISPUTE_RECEIVED, ONE_SITTING, answer_named
from domain.decision.review import AFTER_ALL_STEPS, is_done
from domain.decision.rules_confirming import IN_WRITING
from domain.disputes.reducer import days_for
from domain.message_types import ActionType
from domain.money import Money
from domain.policy.model import Policy

LAST = AFTER_ALL_STEPS + 2

STILL_TIMELY = timedelta(days=3)
"""Calendar days after which a word that something was received only looks late."""


def ask_when_a_dispute_is_overdue(facts: Facts, policy: Policy, now: datetime) -> Action | None:
    """Ask the owner of an overdue dispute, and after as long again a supervisor (P19).

    It comes beside whatever else the case does: the undisputed rest may be chased meanwhile.
    """
    case = facts.case
    if not case.disputes or case.outcome:
        return None
    asked = [_next_question(facts, policy, d) for d in case.disputes if d.watched]
    return min((action for action in asked if action), key=_when, default=None)


def _next_question(facts: Facts, policy: Policy, dispute: Dispute) -> Action | None:
    day = dispute.deadline
    if day is None:
        return None
    span = timedelta(days=days_for(policy.disputes, minor=dispute.is_minor))
    owner, boss = f"dispute-{dispute.number}-overdue", f"dispute-{dispute.number}-supervisor"
    if not is_done(facts.case, owner):
        who = dispute.owner or "its owner"
        return _question(facts, dispute, owner, day, f"{who} should settle it now")
    if not is_done(facts.case, boss):
        return _question(facts, dispute, boss, day + span, "a supervisor should decide it")
    return None


def _question(facts: Facts, dispute: Dispute, step: str, day: date, plea: str) -> Action:
    what = contested_sum(facts.case, dispute)
    return Action(
        do=ActionType.ASK_PERSON,
        at=facts.calendar.opening(day + timedelta(days=1)),
        why=f"the dispute about {what} should have been settled by {dispute.deadline}: {plea}",
        ahead=f"if the dispute about {what}, due on {dispute.deadline}, is not settled: {plea}",
        step=step,
        order=LAST,
    )


def sooner(action: Action, beside: Action | None) -> Action:
    """Choose the earlier of two actions, where the second only asks a person."""
    if beside is None or beside.at is None:
        return action
    return beside if action.at is None or beside.at < action.at else action


def standstill(case: Case) -> str:
    """Describe why a wholly contested case stands still."""
    if case.in_hardship:
        return "the customer cannot pay (offer an extension or a plan) and that has been known"
    return "the dispute has been open"


def unsettled(case: Case) -> str:
    """Describe the open minor reasons."""
    return " and ".join(f"{d.reason.replace('_', ' ')} is not put right" for d in case.disputes)


def contested_since(case: Case, told: datetime) -> str:
    """Describe the disputes that came since the agency was last informed."""
    fresh = [dispute for dispute in case.disputes if dispute.opened_at > told]
    if not fresh:
        return ""
    if all(dispute.is_hardship for dispute in fresh):
        return "the customer is in hardship since the handoff: offer a plan, no pressure"
    if all(dispute.is_minor for dispute in fresh):
        return "the customer asked for something since the handoff that is being put right"
    return "the customer contests the claim since the handoff"


def contested_sum(case: Case, dispute: Dispute) -> str:
    """Describe how much a dispute is about."""
    if dispute.amount is None:
        return "all of it"
    return str(Money(dispute.amount, case.invoice.amount.currency))


def _when(action: Action) -> datetime:
    if action.at is None:
        raise ValueError(action)
    return action.at


def acknowledge_a_dispute(facts: Facts, policy: Policy, now: datetime) -> Action | None:
    """Tell the customer that what they contest was received (P41).

    Who said it on the page, in an answer or on the phone hears it, unless the policy says
    otherwise. It is courtesy: it goes to nobody whom only people deal with, and is let go when it
    would be late. What is put right at once, and hardship, have answers of their own.
    """
    case = facts.case
    if not case.disputes or facts.customer.human_only or case.outcome or case.paused:
        return None
    told = (one for one in case.disputes if not (one.is_minor or one.is_hardship))
    wanted = (one for one in told if policy.disputes.answers(one.channel))
    fresh = (one for one in wanted if not _was_received(case, one))
    return next(filter(None, (_answer(facts, policy, now, one) for one in fresh)), None)


def received_step(dispute: Dispute) -> str:
    """Name the step by which a dispute is acknowledged."""
    return f"dispute-{dispute.number}-received"


def _was_received(case: Case, dispute: Dispute) -> bool:
    """Whether its receipt was said, or that of another which left after it was opened.

    Who says the same twice, or two things in one sitting, is answered once.
    """
    said = (deed for deed in case.deeds if answer_named(deed.step) == DISPUTE_RECEIVED)
    return any(one.at >= dispute.opened_at or one.step == received_step(dispute) for one in said)


def _answer(facts: Facts, policy: Policy, now: datetime, dispute: Dispute) -> Action | None:
    calendar = facts.calendar
    at = calendar.within(max(dispute.opened_at, facts.case.heard_at) + ONE_SITTING)
    if not dispute.channel:  # a receipt for what the customer just said keeps no quiet after it
        at = max(at, free_for_urgent(facts.customer, policy, calendar) or at)
    comes = calendar.local_date(calendar.within(max(at, now)))
    if comes > calendar.local_date(dispute.opened_at) + STILL_TIMELY:
        return None
    return Action(
        do=ActionType.ACKNOWLEDGE,
        at=at,
        why="what the customer contests was received: a word that it is looked into",
        step=received_step(dispute),
        channels=IN_WRITING,
        tone="warm",
    )
