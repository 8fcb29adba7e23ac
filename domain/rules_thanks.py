"""A word of thanks to who has paid, where the policy wants it."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.case import Case
from domain.contact_book import free_for_urgent
from domain.facts import Action, Facts
from domain.kinds import Do, Outcome
from domain.policy import Policy
from domain.rules_confirming import IN_WRITING

THANKS = "thanks"
"""The step's name; an episode has one at most."""

NEVER, REMINDED, ALWAYS = "never", "reminded", "always"
"""What a policy may want: nobody is thanked, whoever heard from us, everybody who pays."""

LATEST = timedelta(days=7)
"""Calendar days after the money in which thanks are still timely; later the case just closes."""


def thank_who_has_paid(facts: Facts, policy: Policy, now: datetime) -> Action | None:
    """The invoice is settled by money: one kind word in the next contact window, then it closes.

    It is courtesy, so it takes no room from anything: it keeps the most in a week and the quiet
    after a conversation, goes to nobody whom only people deal with, and is let go if it would come
    later than a week.
    """
    case = facts.case
    if not _deserved(case, policy) or facts.customer.human_only:
        return None
    heard, calendar = case.heard_at, facts.calendar
    at = calendar.within(max([heard, *(deed.at for deed in case.deeds)]))
    at = max(at, free_for_urgent(facts.customer, policy, calendar) or at)
    comes = calendar.within(max(at, now))
    if calendar.local_date(comes) > calendar.local_date(heard) + LATEST:
        return None
    return Action(
        do=Do.ACKNOWLEDGE,
        at=at,
        why="the invoice is paid: a word of thanks",
        step=THANKS,
        channels=IN_WRITING,
        tone="warm",
    )


def _deserved(case: Case, policy: Policy) -> bool:
    if policy.thank_you == NEVER or case.outcome is not Outcome.PAID or case.paid <= 0:
        return False
    if case.closed or case.with_agency or _is_settled(case):
        return False
    return policy.thank_you == ALWAYS or _was_written_to(case)


def _is_settled(case: Case) -> bool:
    """Whether this episode had its thanks, or tried to and reached nobody."""
    return any(deed.step == THANKS and deed.episode == case.episode for deed in case.deeds)


def _was_written_to(case: Case) -> bool:
    return any(deed.reached_debtor and deed.episode == case.episode for deed in case.deeds)
