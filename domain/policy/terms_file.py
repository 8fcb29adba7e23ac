"""From the tables of a policy file to the terms they mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from domain.money import parse_money
from domain.policy.policy_schema import PolicyEntry
from domain.policy.terms import (
    COURTEOUS,
    DISPUTE_RULES,
    PRESETS,
    UNLIMITED,
    Agreements,
    Charges,
    ContactRules,
    CreditRules,
    DisputeRules,
    InterestBy,
    Leftover,
    MoneyRules,
    PerCurrency,
)


def sums(amounts: Mapping[str, str]) -> PerCurrency:
    """Amounts per currency in minor units, in the order of the codes."""
    return tuple((code, parse_money(text, code).minor) for code, text in sorted(amounts.items()))


def contact_rules(entry: PolicyEntry) -> ContactRules:
    """The contact rules: a preset with what the table changes of it.

    A policy without the table is courteous; one that also says ``minimum_gap_days = 0`` asks for
    no limits at all.
    """
    given = entry.contact
    if given is None:
        return COURTEOUS if entry.minimum_gap_days else UNLIMITED
    changed = given.model_dump(exclude={"preset"}, exclude_none=True)
    return replace(PRESETS[given.preset], **changed)


def agreements(entry: PolicyEntry) -> Agreements:
    """The limits of agreements."""
    return Agreements(**entry.agreements.model_dump())


def charges(entry: PolicyEntry) -> Charges:
    """What being late costs."""
    given = entry.charges
    return Charges(
        interest=InterestBy(given.interest),
        jurisdiction=given.jurisdiction,
        confirmed_by=given.confirmed_by,
        consumers=given.debtors == "consumers",
        contract_percent=Decimal(given.contract_percent) if given.contract_percent else None,
        compensation=given.compensation,
        rounding=given.rounding,
        compounding=given.compounding,
        past_table=given.past_table,
        order=tuple(given.order),
        leftover=Leftover(given.leftover),
        waive_below=sums(given.waive_below),
    )


def money_rules(entry: PolicyEntry) -> MoneyRules:
    """What is done with money that fits nothing exactly."""
    given = entry.money
    return MoneyRules(
        unallocated=given.unallocated,
        allocate=given.allocate,
        write_off_below=sums(given.write_off_below),
        flight_days=given.flight_days,
        reversal_grace_days=given.reversal_grace_days,
    )


def credit_rules(entry: PolicyEntry) -> CreditRules:
    """What a hold on credit means."""
    given = entry.credit
    return CreditRules(
        cash_only_from_broken=given.cash_only_from_broken, exempt=tuple(given.exempt)
    )


def dispute_rules(entry: PolicyEntry) -> DisputeRules:
    """How disputes are treated; deadlines are watched where the policy has the table."""
    given = entry.disputes
    if given is None:
        return DISPUTE_RULES
    rules = DisputeRules(
        deadline_days=given.deadline_days,
        quick_fix_days=given.quick_fix_days,
        owner=given.owner,
        watched=True,
    )
    return rules if given.minor is None else replace(rules, minor=tuple(given.minor))
