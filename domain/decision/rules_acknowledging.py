"""The rule for disputes that came in: the customer hears that they were read, and by when."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.case.agreement_types import Dispute
from domain.case.facts import Action, Facts
from domain.contact.contact_book import free_for_urgent
from domain.decision.review import is_done
from domain.decision.rules_confirming import IN_WRITING
from domain.message_types import ActionType
from domain.policy.model import Policy

STILL_TIMELY = timedelta(days=3)
"""Calendar days after which a word that something was received only looks late."""


def acknowledge_a_dispute(facts: Facts, policy: Policy, now: datetime) -> Action | None:
    """Tell the customer that what they contest was received, where the policy wants it (P41).

    It is courtesy: it goes to nobody whom only people deal with, and is let go when it would be
    late. What is put right at once, and hardship, have answers of their own.
    """
    case = facts.case
    if not policy.disputes.acknowledge or facts.customer.human_only or case.outcome or case.paused:
        return None
    told = (one for one in case.disputes if not (one.is_minor or one.is_hardship))
    fresh = (one for one in told if not is_done(case, received_step(one)))
    return next(filter(None, (_answer(facts, policy, now, one) for one in fresh)), None)


def received_step(dispute: Dispute) -> str:
    """Name the step by which a dispute is acknowledged."""
    return f"dispute-{dispute.number}-received"


def _answer(facts: Facts, policy: Policy, now: datetime, dispute: Dispute) -> Action | None:
    calendar = facts.calendar
    at = calendar.within(max(dispute.opened_at, facts.case.heard_at))
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
