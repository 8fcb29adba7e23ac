"""The rule for thanks: a customer who has paid gets a kind word, where the policy wants it."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.case.facts import Action, Facts
from domain.case.model import Case
from domain.contact.contact_book import free_for_urgent
from domain.decision.answering.endings import told_at_the_end
from domain.decision.answering.steps import answer_named
from domain.decision.answering.timing import after_the_day_of_a_word
from domain.decision.rules_confirming import IN_WRITING
from domain.deed import ACCOUNT_STATEMENT
from domain.message_types import ActionType, Outcome
from domain.policy.model import Policy

THANKS = "thanks"
"""The step's name; an episode has one at most."""

NEVER, REMINDED, ALWAYS = "never", "reminded", "always"
"""What a policy may want: nobody is thanked, whoever heard from us, everybody who pays."""

LATEST = timedelta(days=7)
"""Calendar days after the money in which thanks are still timely; later the case just closes."""


def thank_who_has_paid(facts: Facts, policy: Policy, now: datetime) -> Action | None:
    """Thank for an invoice that is settled, in the next contact window; then it closes.

    The word also tells what else its end means, where the policy wants that answered: a surplus, a
    plan that was kept, a dispute that left nothing to pay, an agency that was told to stop.

    It is courtesy, so it takes no room from anything: it keeps pauses, the most in a week and the
    quiet after a conversation, goes to nobody whom only people deal with, and is let go if it would
    come later than a week after the money.
    """
    if not _deserved(facts.case, policy) or facts.customer.human_only:
        return None
    at, calendar = _planned(facts, policy), facts.calendar
    comes = calendar.within(max(at, now))
    if calendar.local_date(comes) > calendar.local_date(_paid_at(facts.case)) + LATEST:
        return None
    return Action(
        do=ActionType.ACKNOWLEDGE,
        at=at,
        why=_why(facts.case, policy),
        step=THANKS,
        channels=IN_WRITING,
        tone="warm",
    )


def _why(case: Case, policy: Policy) -> str:
    told = [one.replace("_", " ") for one in told_at_the_end(case, policy)]
    if not told:
        return "the invoice is paid: a word of thanks"
    return f"the invoice is settled ({', '.join(told)}): a last word"


def _planned(facts: Facts, policy: Policy) -> datetime:
    case, calendar = facts.case, facts.calendar
    at = max([case.heard_at, *(deed.at for deed in case.deeds)])
    if case.paused_until:
        at = max(at, calendar.end_of(case.paused_until))
    at = after_the_day_of_a_word(facts, calendar.within(at))
    return max(at, free_for_urgent(facts.customer, policy, calendar) or at)


def _paid_at(case: Case) -> datetime:
    """The money that settled it: a surplus, or what is heard later, makes thanks no timelier."""
    needed, came, paid_at = case.received - case.surplus, 0, None
    for at, minor in case.money:
        came += minor
        paid_at = (paid_at or at) if came >= needed else None
    return paid_at or case.heard_at


def _deserved(case: Case, policy: Policy) -> bool:
    if case.outcome not in _SETTLED or case.closed or _is_settled(case):
        return False
    tells = told_at_the_end(case, policy)
    if not tells and (policy.thank_you == NEVER or not _is_paid(case)):
        return False
    if case.paused and case.paused_until is None:
        return False  # nobody knows whether it ends in time, and the case need not wait for it
    return bool(tells) or policy.thank_you == ALWAYS or _was_written_to(case)


_SETTLED = (Outcome.PAID, Outcome.CREDITED)


def _is_paid(case: Case) -> bool:
    return case.outcome is Outcome.PAID and case.paid > 0


def _is_settled(case: Case) -> bool:
    """Whether this episode had its thanks, or tried to and reached nobody."""
    return any(deed.step == THANKS and deed.episode == case.episode for deed in case.deeds)


def _was_written_to(case: Case) -> bool:
    """Whether this episode was reminded of; a statement of account reminds nobody."""
    said = (deed for deed in case.deeds if deed.reached_debtor and deed.episode == case.episode)
    return any(answer_named(deed.step) != ACCOUNT_STATEMENT for deed in said)
