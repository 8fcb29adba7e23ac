"""What being late costs: simple interest and a fee, each by itself (P24); not charged by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.accrual import accrued
from domain.case import Case
from domain.money import Money, round_half_up, round_minor, zero


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the contract says about being late.

    Attributes:
        interest_percent: percent a year on what is outstanding, actual days over 365.
        fee: a flat sum, once.
        fee_percent: percent of what is outstanding, once, beside the flat sum.
        grace_days: days after the due date up to which nothing is charged.
        since: invoices issued before this date are never charged.
    """

    interest_percent: Decimal = Decimal(0)
    fee: Money | None = None
    fee_percent: Decimal = Decimal(0)
    grace_days: int = 0
    since: date = date.min


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What is owed on one invoice, each cost by itself."""

    outstanding: Money
    interest: Money
    fee: Money

    @property
    def charges(self) -> Money:
        """What being late has cost."""
        return self.interest + self.fee

    @property
    def total(self) -> Money:
        """What would settle it all."""
        return self.outstanding + self.charges


def statement(outstanding: Money, days_late: int, terms: Terms) -> Statement:
    """What is owed so many days after the due date."""
    return Statement(
        outstanding=outstanding,
        interest=simple_interest(outstanding, terms.interest_percent, days_late),
        fee=late_fee(outstanding, days_late, terms),
    )


def simple_interest(outstanding: Money, percent: Decimal, days: int) -> Money:
    """Interest for actual days over 365, rounded half up once, at the end."""
    exact = accrued(outstanding.minor, percent, max(0, days))
    return round_minor(exact, outstanding.currency)


def late_fee(outstanding: Money, days_late: int, terms: Terms) -> Money:
    """The flat and the percentage fee together; nothing up to the last day of grace."""
    if days_late <= max(0, terms.grace_days) or outstanding.minor <= 0:
        return zero(outstanding.currency)
    share = round_half_up(outstanding.decimal * terms.fee_percent / 100, outstanding.currency)
    return share + (terms.fee or zero(outstanding.currency))


def chargeable(case: Case, terms: Terms, today: date) -> bool:
    """Whether anything is charged: never on what is settled, agreed upon, or older than the terms.

    ``today`` is the date in the debtor's calendar.
    """
    promise = case.running_promise
    if case.outcome or case.invoice.issued < terms.since or (promise and promise.day >= today):
        return False
    late = (today - case.invoice.due).days
    return statement(Money(case.open, case.invoice.amount.currency), late, terms).charges.minor > 0
