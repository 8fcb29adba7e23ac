"""From the tables of a policy file to the terms they mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Protocol

from domain.money import parse_money
from domain.policy_schema_terms import (
    AgreementsEntry,
    ChargesEntry,
    ContactEntry,
    CreditEntry,
    DisputesEntry,
    MoneyEntry,
)
from domain.policy_terms import (
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


class TermsEntry(Protocol):
    """The tables of a policy file that this module reads."""

    @property
    def minimum_gap_days(self) -> int:
        """Calendar days between two messages."""

    @property
    def contact(self) -> ContactEntry | None:
        """Its table [contact]."""

    @property
    def agreements(self) -> AgreementsEntry:
        """Its table [agreements]."""

    @property
    def charges(self) -> ChargesEntry:
        """Its table [charges]."""

    @property
    def money(self) -> MoneyEntry:
        """Its table [money]."""

    @property
    def credit(self) -> CreditEntry:
        """Its table [credit]."""

    @property
    def disputes(self) -> DisputesEntry | None:
        """Its table [disputes]."""


def sums(amounts: Mapping[str, str]) -> PerCurrency:
    """Amounts per currency in minor units, in the order of the codes."""
    return tuple((code, parse_money(text, code).minor) for code, text in sorted(amounts.items()))


def contact_rules(entry: TermsEntry) -> ContactRules:
    """The contact rules: a preset with what the table changes of it.

    A policy without the table is courteous; one that also says ``minimum_gap_days = 0`` asks for
    no limits at all.
    """
    given = entry.contact
    if given is None:
        return COURTEOUS if entry.minimum_gap_days else UNLIMITED
    changed = given.model_dump(exclude={"preset"}, exclude_none=True)
    return replace(PRESETS[given.preset], **changed)


def agreements(entry: TermsEntry) -> Agreements:
    """The limits of agreements."""
    return Agreements(**entry.agreements.model_dump())


def charges(entry: TermsEntry) -> Charges:
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


def money_rules(entry: TermsEntry) -> MoneyRules:
    """What is done with money that fits nothing exactly."""
    given = entry.money
    return MoneyRules(
        unallocated=given.unallocated,
        allocate=given.allocate,
        write_off_below=sums(given.write_off_below),
        flight_days=given.flight_days,
        reversal_grace_days=given.reversal_grace_days,
    )


def credit_rules(entry: TermsEntry) -> CreditRules:
    """What a hold on credit means."""
    given = entry.credit
    return CreditRules(
        cash_only_from_broken=given.cash_only_from_broken, exempt=tuple(given.exempt)
    )


def dispute_rules(entry: TermsEntry) -> DisputeRules:
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
