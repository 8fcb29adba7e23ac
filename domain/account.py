"""The whole account of a customer: what may be asked for over all invoices, and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.case import Case
from domain.money import Money, zero


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What may be chased in one currency, over how many invoices."""

    amount: Money
    invoices: int


def chase_balance(cases: Iterable[Case], pending: Mapping[str, Money]) -> dict[str, Balance]:
    """What may be chased, per currency: open and undisputed, less what is already on its way.

    ``pending`` holds, by case id, money that was started but has not arrived. What is settled,
    withdrawn or wholly pending does not count.
    """
    balances: dict[str, Balance] = {}
    for case in cases:
        currency = case.invoice.amount.currency
        coming = pending.get(case.invoice.case_id, zero(currency))
        net = Money(0 if case.outcome else case.undisputed, currency) - coming
        if net.minor > 0:
            so_far = balances.get(currency, Balance(amount=zero(currency), invoices=0))
            total = so_far.amount + net
            balances[currency] = Balance(amount=total, invoices=so_far.invoices + 1)
    return balances


@dataclass(frozen=True, slots=True, kw_only=True)
class Requests:
    """When an account as a whole is asked to pay.

    Attributes:
        threshold: below it nothing is asked for.
        at_most: how many requests there are.
        days_between: full days that pass between two of them.
    """

    threshold: Money
    at_most: int
    days_between: int


def request_due(
    cases: Iterable[Case], rule: Requests, sent: tuple[datetime, ...], now: datetime, today: date
) -> Money | None:
    """The sum to ask for now, or nothing; an invoice is overdue from the day after its due date."""
    overdue = [case for case in cases if case.invoice.due < today]
    balance = chase_balance(overdue, {}).get(rule.threshold.currency)
    if balance is None or balance.amount < rule.threshold or len(sent) >= rule.at_most:
        return None
    too_soon = sent and now - max(sent) <= timedelta(days=rule.days_between)
    return None if too_soon else balance.amount
