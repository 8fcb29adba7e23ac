"""Which law or contract a debtor's costs rest on, as its own country cites it (P24)."""

from __future__ import annotations

from domain.costs import terms_of
from domain.moves import Ground
from domain.rate_tables import rate_table


def law_of_interest(ground: Ground) -> str:
    """The law that gives interest; empty if a contract does, or nothing."""
    terms = terms_of(ground)
    if terms is None or terms.table is None or terms.contract_percent is not None:
        return ""
    scheme = terms.table.scheme(consumer=terms.consumer)
    return scheme.cited or scheme.law


def law_of_compensation(ground: Ground) -> str:
    """The law that gives a fixed sum for being paid late; empty if none does."""
    code = ground.policy.charges.jurisdiction
    rules = rate_table(code).compensation if code else None
    return (rules.cited or rules.law) if rules else ""


def how_computed(ground: Ground) -> tuple[str, ...]:
    """What is unusual about how interest is computed: daily, monthly, yearly; mostly nothing."""
    terms = terms_of(ground)
    told = (terms.rounding, terms.compounding) if terms else ()
    return tuple(word for word in told if word in ("daily", "monthly", "yearly"))
