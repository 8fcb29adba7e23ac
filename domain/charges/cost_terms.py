"""Which law or contract costs rest on, for a debtor and a policy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from domain.case.money import Ground
from domain.charges.consumers.laws import consumer_law, is_consumer
from domain.interest.added_rates import AddedRate, known_before
from domain.interest.model import Cost, InterestTerms, compensation
from domain.interest.rate_tables import rate_table
from domain.money import Money
from domain.policy.model import InterestBy


def terms_of(ground: Ground, day: date | None = None) -> InterestTerms | None:
    """Find the terms of interest for a debtor; None while no creditor has confirmed them.

    With a day (debtor's calendar) they hold the rates that were confirmed by its end: a rate that
    becomes known later changes no statement of a day before, and no share of money that came then.
    """
    charges = ground.policy.charges
    if charges.interest is InterestBy.NOTHING or not charges.confirmed_by:
        return None
    by_contract = charges.interest is InterestBy.CONTRACT
    limit = _limit_of(ground) if by_contract else ""
    return InterestTerms(
        jurisdiction=charges.jurisdiction,
        consumer=is_consumer(ground),
        contract_percent=charges.contract_percent if by_contract else None,
        at_most=limit,
        rounding=charges.rounding,
        compounding=charges.compounding if by_contract else "",
        past_table=charges.past_table,
        added=_rates_of(ground, limit if by_contract else charges.jurisdiction, day),
    )


def _rates_of(ground: Ground, code: str, day: date | None) -> tuple[AddedRate, ...]:
    if not ground.rates or not code or day is None:
        return ()
    return known_before(ground.rates, code, ground.calendar.end_of(day))


def _limit_of(ground: Ground) -> str:
    """The table whose rate a consumer's contract may not pass; empty where it cannot reach it."""
    law, percent = consumer_law(ground), ground.policy.charges.contract_percent
    if law is None or not law.interest_at_most or percent is None:
        return ""
    least = rate_table(law.interest_at_most).business.margin  # a reference rate may be zero
    return law.interest_at_most if percent > least else ""


def fixed_sum(minor: int, currency: str, ground: Ground) -> Cost | None:
    """Find the law's fixed sum for a debt of so much, if the creditor confirmed that law."""
    charges = ground.policy.charges
    if minor <= 0 or not (charges.compensation and charges.confirmed_by):
        return None
    return compensation(charges.jurisdiction, Money(minor, currency), is_consumer(ground))


def fixed_sums(late: Sequence[int], contested: int, currency: str, ground: Ground) -> list[Cost]:
    """Find the law's fixed sum for each due date that passed with something open.

    ``late`` is what was open of each; what is contested lies on the oldest.
    """
    found = []
    for minor in late:
        fixed = fixed_sum(minor - contested, currency, ground)
        contested = max(0, contested - minor)
        if fixed:
            found.append(fixed)
    return found


def law_of_interest(ground: Ground) -> str:
    """Name the law that gives interest; empty if a contract does, or nothing."""
    terms = terms_of(ground)
    if terms is None or terms.table is None or terms.contract_percent is not None:
        return ""
    scheme = terms.table.scheme(consumer=terms.consumer)
    return scheme.cited or scheme.law


def law_of_compensation(ground: Ground) -> str:
    """Name the law that gives a fixed sum for late payment; empty if none does."""
    code = ground.policy.charges.jurisdiction
    rules = rate_table(code).compensation if code else None
    return (rules.cited or rules.law) if rules else ""


def how_computed(ground: Ground) -> tuple[str, ...]:
    """Name what is unusual about how interest is computed: daily, monthly, yearly."""
    terms = terms_of(ground)
    told = (terms.rounding, terms.compounds) if terms else ()
    return tuple(word for word in told if word in ("daily", "monthly", "yearly"))
