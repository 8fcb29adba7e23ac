"""Smaller rules: late fees, customers left to people, money that waits on the account (P24)."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.case.facts import Action, Facts
from domain.case.model import Case
from domain.charges.consumers.late_fees import lawful_fees
from domain.decision.review import is_done, review
from domain.interest.model import Cost
from domain.ladder.holds import still_until
from domain.message_types import ActionType
from domain.money import Money, round_half_up
from domain.parties.customer import Customer
from domain.policy.model import HOLD, Policy, Step, of_currency


def late_fee(step: Step, case: Case) -> Cost:
    """Compute the fee of a step: its flat sum in the currency, and its share of what is chased.

    A currency that the policy does not name costs no flat sum. Rounded half up, once.
    """
    currency = case.invoice.amount.currency
    chased = Money(max(0, case.open_now - case.disputed), currency)
    share = round_half_up(chased.decimal * step.fee_percent / 100, currency)
    flat = Money(of_currency(step.fee, currency), currency)
    if not chased.minor:
        return Cost(chased, "no late fee on costs alone")
    parts = []
    if flat.minor:
        parts.append(f"a late fee of {flat}")
    if step.fee_percent:
        parts.append(f"{step.fee_percent.normalize():f} % of {chased}")
    words = " and ".join(parts) or "no late fee in this currency"
    return Cost(flat + share, f"{words}, by the payment terms")


def lawful_fee(step: Step, at: datetime, facts: Facts) -> Cost:
    """Compute the fee of a step at an instant, as far as a consumer's law leaves it."""
    case, calendar = facts.case, facts.calendar
    fee = late_fee(step, case)
    lawful = lawful_fees(case, facts.ground) if facts.ground else None
    if lawful is None:
        return fee
    chased = max(0, case.open_now - case.disputed)
    before = [(calendar.local_date(deed.at), deed.charged) for deed in case.deeds if deed.charged]
    return lawful.of(fee, chased, calendar.local_date(at), before)


HUMAN_ONLY = "human-only"
LEFT = "only people deal with this customer"


def is_too_small(minor: int, facts: Facts, policy: Policy) -> bool:
    """Tell whether a sum (minor units) is below the tolerance, and no other rests add up to it."""
    currency = facts.case.invoice.amount.currency
    return not facts.together_since and minor < policy.smallest_chased(currency)


def leave_it_to_a_person(facts: Facts, policy: Policy, now: datetime) -> Action | None:
    """Leave a vulnerable customer, or one who must not be contacted, to people.

    No message, no call task and no handoff; a person is asked once the invoice is overdue, and
    again at every review. What the agency has already stays there until a person calls it back,
    and the agency still hears what changes.
    """
    case = facts.case
    if not facts.customer.human_only or case.outcome or case.closed:
        return None
    if is_too_small(case.to_chase, facts, policy):
        return None
    if not is_done(case, HUMAN_ONLY):
        return _ask(facts)
    return None if case.with_agency else review(facts, policy.review_days, LEFT)


def _ask(facts: Facts) -> Action:
    case, calendar = facts.case, facts.calendar
    overdue = calendar.opening(case.due + timedelta(days=1))
    at = max(overdue, calendar.within(still_until(facts)))
    what = "decide whether the agency gives it back" if case.with_agency else "decide what is done"
    why = f"{LEFT} ({_flags(facts)}): {what} about {case.open_money}"
    return Action(do=ActionType.ASK_PERSON, at=at, why=why, step=HUMAN_ONLY)


def _flags(facts: Facts) -> str:
    customer = facts.customer
    named = {"do not contact": customer.do_not_contact, "vulnerable": customer.vulnerable}
    return ", ".join(name for name, is_on in named.items() if is_on)


def costs_alone(case: Case) -> str:
    """Describe the costs that are left when the principal is paid."""
    return f"{Money(case.costs_left, case.invoice.amount.currency)} of costs"


def wait_while_money_lies_on_the_account(
    facts: Facts, policy: Policy, now: datetime
) -> Action | None:
    """Wait while money, credit notes or a surplus of the customer fit no invoice.

    A person allocates them first; nobody is pressed for what their own money may balance.
    """
    lies = held_for_waiting_money(facts, policy)
    if lies is None:
        return None
    customer = facts.customer.without(facts.case.invoice.case_id)
    why = f"{describe_in_favour(customer, lies)}; allocate or refund it: it has waited"
    return review(facts, policy.review_days, why)


def held_for_waiting_money(facts: Facts, policy: Policy) -> Money | None:
    """Find what waits for a person and holds a case: not what lies on the case itself."""
    invoice, customer = facts.case.invoice, facts.customer
    if customer.shares:
        customer = customer.without(invoice.case_id)
    return held_by(customer, policy, invoice.amount.currency)


def held_by(customer: Customer, policy: Policy, currency: str) -> Money | None:
    """Find what holds the chasing of all of a customer's invoices in a currency; None if nothing.

    Less than is chased holds nothing, nor does anything where the policy only warns.
    """
    if policy.money.unallocated != HOLD:
        return None
    if not (customer.unallocated or customer.credit_notes or customer.shares or customer.unclear):
        return None
    lies = customer.lies(currency)
    return None if lies < policy.smallest_chased(currency) else Money(lies, currency)


def describe_in_favour(customer: Customer, lies: Money) -> str:
    """Describe what speaks for a customer in a currency, each sort by itself."""
    currency = lies.currency
    parts = {
        "of this customer fit no invoice": of_currency(customer.unallocated, currency),
        "of credit notes fit no invoice": of_currency(customer.credit_notes, currency),
        "came in on other invoices and are owed for nothing": customer.surplus_in(currency),
        "came into the bank and may be this customer's": of_currency(customer.unclear, currency),
    }
    return " and ".join(
        f"{Money(minor, currency)} {what}" for what, minor in parts.items() if minor
    )
