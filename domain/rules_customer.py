"""Rules for the customer as a whole: whom nothing automatic may reach."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.facts import Action, Facts
from domain.kinds import Do
from domain.policy import Policy
from domain.review import is_done, review
from domain.stillness import still_until

HUMAN_ONLY = "human-only"
LEFT = "only people deal with this customer"


def leave_it_to_a_person(facts: Facts, policy: Policy, now: datetime) -> Action | None:
    """A vulnerable customer, or one who must not be contacted, is asked by people alone (D1).

    No message, no call task and no handoff; a person is asked once the invoice is overdue, and
    again at every review. What the agency has already stays there until a person calls it back,
    and the agency still hears what changes.
    """
    case = facts.case
    if not facts.customer.human_only or case.outcome or case.closed:
        return None
    if case.to_chase < policy.smallest_chased(case.invoice.amount.currency):
        return None
    if not is_done(case, HUMAN_ONLY):
        return _ask(facts)
    return None if case.with_agency else review(facts, policy.review_days, LEFT)


def _ask(facts: Facts) -> Action:
    case, calendar = facts.case, facts.calendar
    overdue = calendar.opening(case.invoice.due + timedelta(days=1))
    at = max(overdue, calendar.within(still_until(facts)))
    what = "decide whether the agency gives it back" if case.with_agency else "decide what is done"
    why = f"{LEFT} ({_flags(facts)}): {what} about {case.open_money}"
    return Action(do=Do.ASK_PERSON, at=at, why=why, step=HUMAN_ONLY)


def _flags(facts: Facts) -> str:
    customer = facts.customer
    named = {"do not contact": customer.do_not_contact, "vulnerable": customer.vulnerable}
    return ", ".join(name for name, is_on in named.items() if is_on)
