"""What one invoice means for the customer's others: a surplus on it, or a rest too small alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.case.facts import Facts
from domain.case.model import Case
from domain.decision.small_rules import held_by
from domain.ladder.holds import standing_still_until
from domain.parties.customer import Customer, InvoiceShare
from domain.payments.in_favour import in_favour_ref
from domain.policy.model import Policy


def share_of(facts: Facts, policy: Policy) -> InvoiceShare:
    """Find what a case means for the customer's others; nothing for most of them."""
    case = facts.case
    invoice = case.invoice
    since = small_since(facts, policy)
    return InvoiceShare(
        case=invoice.case_id,
        currency=invoice.amount.currency,
        surplus=spare(case),
        rest=case.undisputed if since else 0,
        since=since,
    )


def spare(case: Case) -> int:
    """Money on an invoice that settles nothing: beyond it, or for one that was withdrawn."""
    return case.received if case.withdrawn_at else case.surplus


def small_since(facts: Facts, policy: Policy) -> datetime | None:
    """From when a rest too small to be chased alone is due and free; None if there is none.

    Not one of a case that is over, contested, with the agency, or paused without an end.
    """
    case = facts.case
    left = case.to_chase
    if left <= 0 or left >= policy.smallest_chased(case.invoice.amount.currency):
        return None
    if case.outcome or case.closed or case.with_agency or case.disputes:
        return None
    free = standing_still_until(replace(facts, together_since=None))
    if free is None:
        return None
    overdue = facts.calendar.opening(case.due + timedelta(days=1))
    moved = max((at for at, _ in case.moves), default=overdue)
    return max(overdue, free, moved)


def together_since(facts: Facts, policy: Policy) -> datetime | None:
    """From when the small rests of a case's customer are together worth asking for.

    None if the case is no small rest, or all of them in its currency are less than is chased.
    """
    since = small_since(facts, policy)
    if since is None:
        return None
    share = share_of(facts, policy)
    worth = _worth_asking_since(facts.customer.with_share(share), policy, share.currency)
    return max(worth, since) if worth else None


def _worth_asking_since(customer: Customer, policy: Policy, currency: str) -> datetime | None:
    """When the sum of small rests that are due and free reached what is chased."""
    rests = [
        (share.since, share.rest)
        for share in customer.shares
        if share.rest and share.since and share.currency == currency
    ]
    whole, smallest = 0, policy.smallest_chased(currency)
    for since, rest in sorted(rests):
        whole += rest
        if whole >= smallest:
            return since
    return None


@dataclass(frozen=True, slots=True)
class Nudge:
    """What the customer's other cases are told when one of them changed for all.

    Attributes:
        why: in words.
        ref: what their message refers to; empty if they only look anew.
        cases: whom it concerns; empty for all of them.
    """

    why: str
    ref: str = ""
    cases: tuple[str, ...] = ()


def nudge_of(
    share: InvoiceShare, before: Customer, after: Customer, policy: Policy
) -> Nudge | None:
    """Find what the others must hear after an invoice's share changed; None if nothing.

    They hear when something begins or ceases to hold them all, and small rests hear when they
    begin or cease to be worth asking for together.
    """
    currency = share.currency
    was, lies = before.in_favour(currency), after.in_favour(currency)
    held, holds = (held_by(customer, policy, currency) for customer in (before, after))
    if (held is None) != (holds is None):
        words = "no money waits for a person any more" if held else "money waits for a person"
        return Nudge(words, in_favour_ref(currency, was, lies))
    worth = [_worth_asking_since(customer, policy, currency) for customer in (before, after)]
    small = tuple(
        one.case
        for one in after.shares
        if one.rest and one.currency == currency and one.case != share.case
    )
    if worth[0] == worth[1] or not small:
        return None
    return Nudge("the small rests of the customer changed together", cases=small)
