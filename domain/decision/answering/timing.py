"""When an answer goes out: soon, in the contact window, and never as a second word on one day."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.case.facts import Action, Facts
from domain.contact.contact_book import free_for_urgent
from domain.decision.rules_confirming import IN_WRITING
from domain.ladder.holds import unpaused_from
from domain.message_types import ActionType
from domain.parties.customer import Touch
from domain.policy.model import Policy

HEARD_FROM_US = (Touch.MESSAGE, Touch.ANSWER, Touch.STATEMENT, Touch.CONVERSATION)
"""What the customer hears from us, after which the day is done."""


def answers_at(facts: Facts, policy: Policy, since: datetime) -> datetime | None:
    """Find when an answer to something that happened may go; None while a pause has no end."""
    free = unpaused_from(facts)
    if free is None:
        return None
    calendar = facts.calendar
    at = calendar.within(max(since, free))
    at = max(at, free_for_urgent(facts.customer, policy, calendar) or at)
    return after_the_day_of_a_word(facts, at)


def after_the_day_of_a_word(facts: Facts, at: datetime) -> datetime:
    """Move an instant to the next day where the customer has heard from us on its day already."""
    calendar = facts.calendar
    own = (deed.at for deed in facts.case.deeds if deed.reached_debtor)
    others = (one.at for one in facts.customer.contacts if one.what in HEARD_FROM_US)
    heard = max((*own, *others), default=None)
    if heard is None or calendar.local_date(heard) < calendar.local_date(at):
        return at
    return max(at, calendar.opening(calendar.local_date(heard) + timedelta(days=1)))


def answer_in_writing(step: str, at: datetime, why: str) -> Action:
    """Make the action of an answer in writing: it is courteous, and sets no deadline."""
    return Action(
        do=ActionType.ACKNOWLEDGE, at=at, why=why, step=step, channels=IN_WRITING, tone="warm"
    )
